import type { Page } from '@playwright/test'
import { sessionName } from '../../../src/model/session/name.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { testOf } from './real-host.ts'

/** Two runs of one program and environment, one of another program with helpers. */
const test = testOf(['02_classic', '03b_errors_recovered', '16_tui'])

const groupRow = (page: Page, name: RegExp) =>
  page
    .getByRole('table', { name: 'Batches' })
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name }) })

test('groups have the engine’s figures, unfold to their members by keyboard, and lead to their sessions', async ({
  host,
  open,
  received,
}) => {
  const { fromMs, toMs, link } = received
  const page = await open(`/batches?${link}`)
  const row = groupRow(page, /^codex_exec · capture/)
  await expect(row).toBeVisible()
  // Days are told from now on, not from where the range ends.
  await expect(row.getByTitle(/^Today/)).toHaveCount(0)
  const { batches } = await host.call('batch.list', { fromMs, toMs })
  expect(batches).toHaveLength(2)
  const batch = batches.find(({ originator }) => originator === 'codex_exec')
  await expect(row.getByRole('cell').nth(1)).toHaveText(String(batch?.sessions))
  await expect(row.getByRole('cell').nth(2)).toHaveText(String(batch?.helpers))
  await expect(row.getByRole('cell').nth(8)).toHaveText(String(batch?.errors))
  await expect(row.getByRole('link', { name: batch ? sessionName(batch.longest) : '' })).toBeVisible()

  await row.getByRole('button').focus()
  await page.keyboard.press('ArrowRight')
  const members = page.getByRole('table', { name: /^Members of codex_exec/ })
  const answer = await host.call('batch.members', {
    ...{ fromMs, toMs, originator: 'codex_exec' },
    ...{ environment: batch?.environment ?? null, batch: batch?.batch ?? null },
  })
  await expect(members.getByRole('row')).toHaveCount(answer.members.length + 1)
  await expect(members.getByRole('rowheader').first()).toHaveText(answer.members[0]?.session.title ?? '')

  await row.getByRole('link', { name: /in Sessions$/ }).click()
  await expect(page).toHaveURL(/originator=codex_exec/)
  await expect(page.getByRole('treegrid', { name: 'Sessions' }).getByRole('row')).toHaveCount(answer.members.length + 1)
})

test('two members can be compared, and the arrows move through all rows', async ({ open, received }) => {
  const page = await open(`/batches?${received.link}`)
  await groupRow(page, /^codex_exec · capture/)
    .getByRole('button')
    .click()
  const members = page.getByRole('table', { name: /^Members of codex_exec/ })
  await members.getByRole('checkbox').first().check()
  await expect(page.getByText('Choose two to compare them.')).toBeVisible()
  await groupRow(page, /^codex_exec · capture/)
    .getByRole('button')
    .focus()
  await page.keyboard.press('ArrowDown')
  await expect(members.getByRole('link').first()).toBeFocused()
  await members.getByRole('checkbox').nth(1).check()
  await page.getByRole('link', { name: 'Compare the two' }).click()
  await expect(page.getByRole('region', { name: 'Side A' })).toBeVisible()
})

test('sessions are grouped by host as well, which a link says, and lead to those of the host', async ({
  host,
  open,
  received,
}) => {
  const { fromMs, toMs, link } = received
  const page = await open(`/batches?${link}`)
  await groupRow(page, /^codex_exec/).waitFor()
  await page.getByLabel('Group by').selectOption('by host')
  await expect(page).toHaveURL(/by=host/)
  const { batches } = await host.call('batch.list', { fromMs, toMs, by: 'host' })
  const [group] = batches
  const name = group?.host ?? 'host not set'
  const row = groupRow(page, new RegExp(`^${name}`))
  await expect(row.getByRole('cell').nth(1)).toHaveText(String(group?.sessions))
  await row.getByRole('button').click()
  const members = page.getByRole('table', { name: `Members of ${name}` })
  await expect(members.getByRole('row')).toHaveCount((group?.sessions ?? 0) + 1)
  await expectNoViolations(page)
  await row.getByRole('link', { name: /in Sessions$/ }).click()
  await expect(page).toHaveURL(/host=/)
})

test('an empty range says how sessions are grouped', async ({ open }) => {
  const page = await open('/batches?range=custom&from=0&to=3600000')
  await expect(page.getByText('otel.span_attributes')).toBeVisible()
})

test('axe finds nothing in the batches', async ({ open, received }) => {
  const page = await open(`/batches?${received.link}`)
  await groupRow(page, /^codex_exec · capture/)
    .getByRole('button')
    .click()
  await page.getByRole('table', { name: /^Members of codex_exec/ }).waitFor()
  await expectNoViolations(page)
})
