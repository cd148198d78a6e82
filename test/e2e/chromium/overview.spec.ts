import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { appBeginMs, appBodies } from '../../integration/panels/app-bodies.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { feedAll, test as alone, testOf } from './real-host.ts'

const captures = ['01_code_multi', '02_classic', '03b_errors_recovered', '08_mcp', '09_subagents', '28_guardian']

const test = testOf(captures)

for (const each of [test, alone]) each.use({ viewport: { width: 1440, height: 1000 } })

const panel = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })

async function menu(page: Page, title: string, ...items: string[]): Promise<void> {
  await page.getByRole('button', { name: `Menu of ${title}`, exact: true }).click()
  for (const item of items) await page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('shows the figures that the engine counts, and narrows them by a filter that lands in the link', async ({
  host,
  received,
  open,
}) => {
  const { fromMs, toMs, link } = received
  const page = await open(`/overview?${link}`)
  const input = async (filters: { model?: string[] }): Promise<string> => {
    const { rows } = await host.call('panel.run', { panel: 'tokens-total', fromMs, toMs, filters })
    return `${Number(rows[0]?.['input']).toLocaleString('en')} tokens`
  }
  const figure = panel(page, 'Tokens').getByRole('button').nth(1)
  await expect(figure).toHaveAttribute('title', await input({}))

  await page.getByRole('button', { name: 'Model', exact: true }).click()
  await page.getByRole('textbox', { name: 'Search model' }).or(page.getByPlaceholder('Search model')).fill('6.1')
  await page.getByRole('option', { name: 'gpt-6.1-sol' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/model=gpt-6\.1-sol/)
  await page.keyboard.press('Escape')
  await expect(figure).toHaveAttribute('title', await input({ model: ['gpt-6.1-sol'] }))

  await page.getByRole('link', { name: /^Sessions/ }).click()
  await expect(page).toHaveURL(/sessions\?.*model=gpt-6\.1-sol/)
  const { total } = await host.call('session.list', { fromMs, toMs, filters: { model: ['gpt-6.1-sol'] } })
  const roots = (await host.call('session.list', { fromMs, toMs, filters: { model: ['gpt-6.1-sol'] } })).sessions
  expect(total).toBeGreaterThan(0)
  await expect(page.getByRole('treegrid').getByRole('row')).toHaveCount(
    1 + roots.filter(({ parentId }) => !roots.some(({ id }) => id === parentId)).length,
  )
  await page.goBack()
  await expect(page).toHaveURL(/overview\?.*model=gpt-6\.1-sol/)
  await page.getByRole('button', { name: 'Remove the filter Model' }).click()
  await expect(page).not.toHaveURL(/model=/)
  await expect(figure).toHaveAttribute('title', await input({}))
})

test('a range is chosen from the list, by dragging in a chart and by keyboard; Back returns each time', async ({
  received,
  open,
}) => {
  const { link } = received
  const page = await open(`/overview?${link}`)
  const plot = panel(page, 'Token usage over time').getByRole('slider')
  await plot.locator('canvas').waitFor()
  const box = await plot.boundingBox()
  if (!box) throw new Error('The chart is not in view.')
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(page).not.toHaveURL(new RegExp(link))
  await expect(page).toHaveURL(/range=custom/)
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(link))

  await plot.focus()
  for (const key of ['Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key)
  await expect(page).not.toHaveURL(new RegExp(link))
  await page.goBack()

  await page.getByRole('button', { name: /^Range:/ }).click()
  await page.getByRole('button', { name: 'Last 30 days' }).click()
  await expect(page).toHaveURL(/range=30d/)
  await page.getByRole('button', { name: /Live/ }).click()
  await expect(page).toHaveURL(/range=custom/)
  await page.getByRole('button', { name: /Paused/ }).click()
  await expect(page).toHaveURL(/range=30d/)
})

test('a figure leads to what it is made of, of its bucket and its group; each to its row, and Back', async ({
  host,
  received,
  open,
}) => {
  const { fromMs, toMs, link } = received
  const page = await open(`/overview?${link}`)
  const told = page.getByRole('status').filter({ hasText: ' in ' })
  const run = async (id: string) => (await host.call('panel.run', { panel: id, fromMs, toMs })).rows
  const tool = (await run('tool-types')).find((row) => row['tool'] === 'apply_patch')
  await panel(page, 'Tools').getByRole('button', { name: 'apply_patch', exact: true }).click()
  await expect(page).toHaveURL(/explore\?.*tab=figures.*of=tool:apply_patch/)
  await expect(told).toContainText(`${String(tool?.['calls'])} tool call`)
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(1 + Number(tool?.['calls']))
  await page.getByRole('button', { name: 'by session' }).click()
  await expect(page).toHaveURL(/each=session/)
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'one by one' }).click()
  await page.getByRole('gridcell', { name: 'apply_patch', exact: true }).first().click()
  await expect(page).toHaveURL(/sessions\/.*row=c:/)
  await page.goBack()
  await page.goBack()

  const [cut] = (await run('api-errors')).filter((row) => row['status'] !== 'no status')
  await page.goto(
    page.url().replace(/#.*/, `#/explore?tab=figures&panel=api-errors&of=status:${String(cut?.['status'])}&${link}`),
  )
  await page.getByRole('grid').getByRole('row').nth(1).click()
  await expect(page).toHaveURL(/sessions\/.*row=a:/)
  await page.goBack()
  await page.goBack()

  const { rows, edgesMs } = await host.call('panel.run', { panel: 'calls-over-time', fromMs, toMs })
  const last = Number(rows.at(-1)?.['atMs'])
  const plot = panel(page, 'Model calls over time').getByRole('slider')
  await plot.focus()
  await page.keyboard.press('End')
  const bucket = edgesMs.indexOf(last)
  for (let at = edgesMs.length - 2; at > bucket; at -= 1) await page.keyboard.press('ArrowLeft')
  await expect(plot).toHaveAttribute('aria-valuetext', new RegExp(`completed ${String(rows.at(-1)?.['completed'])}\\b`))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`from=${last}&to=${edgesMs[bucket + 1]}`))
  await expect(told).toContainText(`${String(rows.at(-1)?.['completed'])} model call`)
})

test.describe('where the day begins at half past nine of UTC, among the captures', () => {
  const zone = 'Pacific/Marquesas'
  test.use({ timezoneId: zone })

  test('a bar over weeks is a day of who looks, and leads to the calls of that day', async ({
    host,
    received,
    open,
  }) => {
    const { toMs } = received
    const fromMs = toMs - 60 * 86_400_000
    const { rows } = await host.call('panel.run', { panel: 'calls-over-time', fromMs, toMs, zone })
    const midnight = Date.parse('2026-11-20T09:30Z')
    expect(rows.map(({ atMs }) => atMs)).toEqual([midnight - 86_400_000, midnight])

    const page = await open(`/overview?range=custom&from=${fromMs}&to=${toMs}`)
    const plot = panel(page, 'Model calls over time').getByRole('slider')
    await plot.focus()
    const completed = rows.map((row) => `completed ${String(row['completed'])}\\b`)
    await page.keyboard.press('End')
    await expect(plot).toHaveAttribute('aria-valuetext', new RegExp(`^20 Nov.*${completed[1]}`))
    await page.keyboard.press('ArrowLeft')
    await expect(plot).toHaveAttribute('aria-valuetext', new RegExp(completed[0] ?? ''))
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    // The range ends before that day does.
    await expect(page).toHaveURL(new RegExp(`from=${midnight}&to=${toMs}`))
  })
})

test('a panel says how it is defined, gives its rows as a table, a file and a picture, and turns a series off and on', async ({
  host,
  received,
  open,
}) => {
  const { fromMs, toMs, link } = received
  const page = await open(`/overview?${link}`)
  const title = 'Tokens by model'
  const { rows } = await host.call('panel.run', { panel: 'tokens-by-model', fromMs, toMs })
  await panel(page, title).getByRole('listitem').first().waitFor()
  await menu(page, title, 'Show definition…')
  const dialog = page.getByRole('dialog', { name: `Definition of ${title}` })
  await expect(dialog.getByRole('region', { name: 'Statement' })).toContainText('SELECT')
  await expect(dialog.getByRole('button', { name: /Copy/ })).toBeVisible()
  await page.keyboard.press('Escape')

  await menu(page, title, 'View as table')
  await expect(panel(page, title).getByRole('row')).toHaveCount(1 + rows.length)
  const saved = page.waitForEvent('download')
  await menu(page, title, 'Download CSV')
  const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(1 + rows.length)
  expect(lines[1]?.split(',')[0]).toBe(rows[0]?.['model'])
  const picture = page.waitForEvent('download')
  await menu(page, 'Token usage over time', 'Download PNG')
  const png = await readFile(await (await picture).path())
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.length).toBeGreaterThan(5000)

  const chart = panel(page, 'Token usage over time')
  const entry = chart.getByRole('button', { name: 'reasoning' })
  await entry.focus()
  await page.keyboard.press('Space')
  await expect(entry).toHaveAttribute('aria-pressed', 'false')
  const plot = chart.getByRole('slider')
  await plot.focus()
  await page.keyboard.press('End')
  await expect(plot).toHaveAttribute('aria-valuetext', /cached input/)
  await expect(plot).not.toHaveAttribute('aria-valuetext', /reasoning/)
  await entry.click()
  await expect(entry).toHaveAttribute('aria-pressed', 'true')
})

alone(
  'what arrives shows by itself, in panels that are moved, sized and hidden for as long as one wants',
  async ({ host, open }) => {
    // The captures' own hours: they have left the usual week.
    const page = await open(`/overview?range=custom&from=${appBeginMs - 3_600_000}&to=${appBeginMs + 7_200_000}`)
    await expect(panel(page, 'Token usage over time')).toContainText('Needs logs, and none have arrived')
    await expect(panel(page, 'Token usage over time').getByRole('link', { name: 'Configure' })).toBeVisible()
    const { link } = await feedAll(host, captures)
    await expect(panel(page, 'Sessions and calls').getByRole('button').nth(1)).not.toHaveText('0')
    await expect(panel(page, 'Token usage over time').locator('canvas')).toBeVisible()

    await page.goto(page.url().replace(/#.*/, `#/overview?${link}`))
    const titles = () =>
      page.getByRole('region', { name: 'Now', exact: true }).getByRole('heading', { level: 3 }).allInnerTexts()
    await expect.poll(titles).toContain('Cached tokens')
    const [first = '', second = '', ...others] = await titles()
    await menu(page, first, 'Move right', 'Wider')
    await page.keyboard.press('Escape')
    await menu(page, others.at(-1) ?? '', 'Hide')
    const arranged = [second, first, ...others.slice(0, -1)]
    await expect.poll(titles).toEqual(arranged)
    await expect
      .poll(async () => (await host.call('settings.read', {})).dashboards?.codex?.some(({ hidden }) => hidden))
      .toBe(true)
    await page.reload()
    await expect.poll(titles).toEqual(arranged)
    const width = (title: string) => panel(page, title).evaluate((card) => card.getBoundingClientRect().width)
    expect(await width(first)).toBeGreaterThan((await width(second)) * 1.3)

    const cards = [panel(page, second), panel(page, first)] as const
    await cards[0].locator('header').dragTo(cards[1], { targetPosition: { x: 200, y: 40 } })
    await expect.poll(titles).toEqual([first, second, ...others.slice(0, -1)])

    await page.getByRole('button', { name: /Panels/ }).click()
    await page.getByRole('menuitem', { name: 'Reset the layout' }).click()
    await expect.poll(titles).toEqual([first, second, ...others])
  },
)

alone('the GenAI apps have a dashboard of their own; a row of its errors opens the session', async ({ host, open }) => {
  const { receivers } = await host.call('status', {})
  for (const { signal, bytes } of appBodies())
    await fetch(`http://${receivers.http.address ?? ''}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bytes,
    })
  const range = { fromMs: appBeginMs - 3_600_000, toMs: appBeginMs + 3_600_000 }
  const errors = async () => (await host.call('panel.run', { panel: 'recent-errors', ...range })).rows
  await expect.poll(async () => (await errors()).length).toBeGreaterThan(0)
  const [error] = await errors()
  const page = await open(`/genai?range=custom&from=${range.fromMs}&to=${range.toMs}`)
  await panel(page, 'Recent errors').scrollIntoViewIfNeeded()
  // More of them may have arrived since, and stand before it.
  await panel(page, 'Recent errors')
    .locator(`a[href*="${String(error?.['sessionId'])}"]`)
    .first()
    .click()
  await expect(page).toHaveURL(new RegExp(`/sessions/${String(error?.['sessionId'])}`))
  await expect(page.getByRole('tablist').first()).toBeVisible()
})

test('the app opens at the overview where there are sessions, and axe finds nothing there and in the GenAI apps', async ({
  received,
  open,
}) => {
  const page = await open('/')
  await expect(page).toHaveURL(/#\/overview/)
  await page.goto(page.url().replace(/#.*/, `#/overview?${received.link}`))
  // Tall enough for every panel to be in view, and drawn.
  await page.setViewportSize({ width: 1440, height: 4000 })
  await expect(page.locator('[data-panel=batches] [role=table]')).toBeVisible()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await expectNoViolations(page)
  await page.getByRole('button', { name: /^Range:/ }).click()
  await page.getByRole('dialog').waitFor()
  await expectNoViolations(page, { include: ['[role=dialog]'] })
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'GenAI apps' }).click()
  await page.getByRole('heading', { name: 'GenAI apps', level: 1 }).waitFor({ state: 'attached' })
  await page.getByText('No application besides Codex has sent anything yet').waitFor()
  await expectNoViolations(page)

  await test.step('the palette leads to a panel that is among the last to be made', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Go to' }).fill('terminals')
    await page.getByRole('option', { name: /^(Panels\s*)?Terminals/ }).click()
    await expect(panel(page, 'Terminals')).toBeFocused()
  })
})
