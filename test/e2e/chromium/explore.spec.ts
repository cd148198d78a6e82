import type { Page } from '@playwright/test'
import { jsonBody, logRequest, texts } from '../../integration/engine/requests.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { test as alone, testOf } from './real-host.ts'

const captures = ['03b_errors_recovered', '05_err500_exhausted', '16_tui', '20_sandbox', '22_many_steps', '28_guardian']

const test = testOf(captures)

const facet = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const rowsOf = (page: Page, label: string | RegExp) =>
  page
    .getByRole('grid', { name: label })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })

test('errors of all sessions: as many as the engine counts, by kind, each leading to where it happened', async ({
  host,
  received,
  open,
}) => {
  const { fromMs, toMs, link } = received
  const all = await host.call('explore.errors', { fromMs, toMs })
  const counted = (kind: string): number => all.kinds.find((one) => one.kind === kind)?.count ?? 0
  const page = await open(`/explore?${link}`)
  await expect(page.getByText(`${all.errors.length} errors`)).toBeVisible()
  // Days are told from now on, not from where the range ends.
  await expect(rowsOf(page, /^Errors/).first()).not.toContainText('Today')
  await facet(page, `Tools ${counted('tool')}`).click()
  await expect(page).toHaveURL(/kind=tool/)
  await expect(rowsOf(page, /^Errors/)).toHaveCount(counted('tool'))
  await page.getByRole('grid', { name: /^Errors/ }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const [first] = (await host.call('explore.errors', { fromMs, toMs, kinds: ['tool'] })).errors
  await expect(page).toHaveURL(
    new RegExp(`sessions/${first?.sessionId}\\?.*row=c:${first?.sessionId}:${first?.callId}`),
  )
  await page.goBack()
  await expect(facet(page, `Tools ${counted('tool')}`)).toHaveAttribute('aria-pressed', 'true')
})

test('logs narrow by event, text and attribute, and a record shows whole', async ({ host, received, open }) => {
  const { fromMs, toMs, link } = received
  const facets = await host.call('explore.logFacets', { fromMs, toMs })
  const results = facets.events.find(({ event }) => event === 'codex.tool_result')?.count ?? 0
  const page = await open(`/explore?tab=logs&${link}`)
  await facet(page, `tool_result ${results}`).click()
  await expect(page.getByText(`${results} records: all of this range`)).toBeVisible()

  await page.getByRole('textbox', { name: /^Search names/ }).fill('outside')
  const worded = await host.call('explore.logs', { fromMs, toMs, events: ['codex.tool_result'], text: 'outside' })
  expect(worded.logs.length).not.toBe(results)
  await expect(page).toHaveURL(/text=outside/)
  await expect(page.getByText(new RegExp(`^${worded.logs.length} records?: all of this range`))).toBeVisible()
  await page.getByRole('textbox', { name: /^Search names/ }).press('Escape')
  await expect(page.getByText(`${results} records: all of this range`)).toBeVisible()

  const grid = page.getByRole('grid', { name: 'Log records' })
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const record = page.getByRole('complementary', { name: 'Record' })
  await expect(record.getByRole('region', { name: 'Raw JSON' })).toContainText('"codex.tool_result"')
  await record.getByRole('button', { name: /^success/ }).click()
  await expect(page).toHaveURL(/attr=success%3D|attr=success=/)
  const value = /attr=success(?:%3D|=)(\w+)/.exec(page.url())?.[1] ?? ''
  const narrowed = await host.call('explore.logs', {
    ...{ fromMs, toMs, events: ['codex.tool_result'] },
    attributes: [{ key: 'success', value }],
  })
  await expect(page.getByText(new RegExp(`^${narrowed.logs.length} records?: all of this range`))).toBeVisible()
  await record.getByRole('link', { name: 'Open the session at this moment' }).click()
  await expect(page).toHaveURL(/#\/sessions\/.*row=/)
  await expect(page.getByRole('treegrid')).toBeVisible()
})

test('older records are read as the list is scrolled, and a drag over the histogram narrows the range', async ({
  host,
  received,
  open,
}) => {
  const { fromMs, toMs, link } = received
  const { total } = await host.call('explore.logFacets', { fromMs, toMs })
  expect(total).toBeGreaterThan(200)
  const page = await open(`/explore?tab=logs&${link}`)
  await expect(page.getByText(/^200 records, looked back to/)).toBeVisible()
  const grid = page.getByRole('grid', { name: 'Log records' })
  await grid.focus()
  const whole = page.getByText(`${total.toLocaleString('en')} records: all of this range`)
  const scroll = async (): Promise<boolean> => {
    await page.keyboard.press('End')
    return whole.isVisible()
  }
  await expect.poll(scroll, { intervals: [100] }).toBe(true)

  const chart = page.getByRole('slider', { name: 'Log records over time' })
  await chart.focus()
  await page.keyboard.press('Home')
  for (let bucket = 0; bucket < 5; bucket += 1) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(new RegExp(`to=${toMs}`))
  await expect(page).toHaveURL(new RegExp(`from=${fromMs}`))
})

test('spans narrow by name and duration as the engine does', async ({ host, received, open }) => {
  const { fromMs, toMs, link } = received
  const wanted = { fromMs, toMs, name: 'session_task.turn', minDurationMs: 1 }
  const page = await open(`/explore?tab=spans&${link}`)
  await page.getByRole('textbox', { name: 'Name contains' }).fill('session_task.turn')
  await page.getByRole('spinbutton', { name: /At least/ }).fill('1')
  await page.keyboard.press('Tab')
  await expect(page).toHaveURL(/name=session_task\.turn/)
  // A page of the list ends after its time, so that on a slow machine it takes several.
  let found = 0
  for (let after: string | undefined, next: string | null = ''; next !== null; after = next ?? undefined) {
    const answer = await host.call('explore.spans', { ...wanted, ...(after === undefined ? {} : { after }) })
    found += answer.spans.length
    next = answer.next
  }
  expect(found).toBeGreaterThan(0)
  const further = page.getByRole('button', { name: /^(?:Look further|Load more)$/ })
  await expect(async () => {
    if (await further.isVisible()) await further.click({ timeout: 1000 })
    await expect(page.getByText(`${found} spans: all of this range`)).toBeVisible({ timeout: 1000 })
  }).toPass()
  await rowsOf(page, /^Spans/)
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'Raw JSON' })).toContainText('session_task.turn')
  await page.getByRole('grid', { name: /^Spans/ }).press('Escape')
  await expect(page.getByRole('complementary', { name: 'Record' })).toHaveCount(0)
})

test('a metric adds up to what the engine says, by a label too', async ({ host, received, open }) => {
  const { fromMs, toMs, link } = received
  const name = 'codex.tool.call'
  const { metrics } = await host.call('explore.metricNames', {})
  const label = metrics.find((one) => one.name === name)?.labels.find(({ key }) => key === 'tool')?.key ?? ''
  const { points } = await host.call('explore.metric', { fromMs, toMs, name, aggregation: 'sum', groupBy: label })
  const page = await open(`/explore?tab=metrics&${link}`)
  await page.getByPlaceholder('Search metrics').fill('tool.call')
  await page.getByRole('option', { name: new RegExp(`^${name} `) }).click()
  await page.getByLabel('Group by').selectOption(label)
  const figures = page.getByRole('table', { name: 'Figures' })
  for (const group of new Set(points.map((point) => point.group))) {
    const total = points.filter((point) => point.group === group).reduce((sum, { value }) => sum + value, 0)
    await expect(figures.getByRole('row', { name: new RegExp(`^${group || 'not set'} ${total} `) })).toBeVisible()
  }
})

test('SQL runs by keyboard, shows an error in place, and keeps its statement', async ({ host, open }) => {
  const sql = "SELECT count(*) AS calls FROM tool_calls WHERE role = 'call'"
  const { rows } = await host.call('sql.run', { sql })
  const page = await open('/explore?tab=sql')
  const editor = page.getByRole('textbox', { name: 'SQL statement' })
  const type = async (text: string): Promise<void> => {
    await editor.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(text)
    await page.keyboard.press('Control+Enter')
  }
  await type(sql)
  await expect(rowsOf(page, 'Rows of the statement')).toHaveText([String(rows[0]?.[0])])
  await type('SELECT * FROM nowhere')
  await expect(page.getByRole('alert')).toContainText('no such table: nowhere')
  await type('DELETE FROM sessions')
  await expect(page.getByRole('alert')).toContainText('only SELECT')
  await page.getByRole('link', { name: 'Logs', exact: true }).click()
  await page.getByRole('link', { name: 'SQL', exact: true }).click()
  await expect(editor).toContainText('DELETE FROM sessions')

  await page.getByText('turn_shares', { exact: true }).click()
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText('SELECT DISTINCT share FROM')
  await page.getByRole('button', { name: 'Insert the name' }).click()
  await expect(editor).toContainText('SELECT DISTINCT share FROM turn_shares')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(rowsOf(page, 'Rows of the statement').first()).toBeVisible()
})

alone(
  'empty tabs say why and what fills them; a secret that comes is found, and only its record shows it',
  async ({ host, open }) => {
    const page = await open('/explore')
    await expect(page.getByText('Nothing failed in this range')).toBeVisible()
    const tabs = { Logs: 'otel.exporter', Spans: 'otel.trace_exporter', Metrics: 'otel.metrics_exporter' }
    for (const [tab, key] of Object.entries(tabs)) {
      await page.getByRole('link', { name: tab, exact: true }).click()
      await expect(page.getByRole('main').getByText(key)).toBeVisible()
    }
    await page.getByRole('link', { name: 'Secrets', exact: true }).click()
    await expect(page.getByText('0 records searched')).toBeVisible()
    await expect(page.getByText('Nothing that was searched looks like a secret.')).toBeVisible()

    const secret = `sk-${'a1B2c3D4e5F6'.repeat(3)}`
    const attributes = texts({ 'event.name': 'codex.user_prompt', 'conversation.id': 'leaky', prompt: `use ${secret}` })
    await host.send(jsonBody('logs', logRequest({ timeUnixNano: String(BigInt(Date.now()) * 1_000_000n), attributes })))
    await page.getByRole('button', { name: 'Look again' }).click()
    await expect(page.getByText('1 likely secret in 1 record')).toBeVisible()
    await expect(facet(page, 'sk- key 1')).toBeVisible()
    await expect(page.getByText(secret)).toHaveCount(0)
    await rowsOf(page, /^Records with likely secrets/).click()
    await expect(page.getByRole('region', { name: 'Raw JSON' })).toContainText(secret)
  },
)

test('axe finds nothing in any tab', async ({ received, open }) => {
  const { link } = received
  const page = await open(`/explore?${link}`)
  await rowsOf(page, /^Errors/)
    .first()
    .waitFor()
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Logs', exact: true }).click()
  await rowsOf(page, 'Log records').first().click()
  await page.getByRole('region', { name: 'Raw JSON' }).waitFor()
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Spans', exact: true }).click()
  await rowsOf(page, /^Spans/)
    .first()
    .waitFor()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Sums by name' }).click()
  await rowsOf(page, 'Sums by span name').first().waitFor()
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Metrics', exact: true }).click()
  await page.getByRole('table', { name: 'Figures' }).waitFor()
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Secrets', exact: true }).click()
  await page.getByRole('button', { name: 'Look again' }).waitFor()
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'SQL', exact: true }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await rowsOf(page, 'Rows of the statement').first().waitFor()
  await page.getByText('sessions', { exact: true }).click()
  await expectNoViolations(page)
})
