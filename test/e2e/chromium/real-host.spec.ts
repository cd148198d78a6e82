import { expect, type Page } from '@playwright/test'
import type { TreeRow } from '../../../src/model/tree/row.ts'
import { loadCapture } from '../../captures.ts'
import { test as alone, testOf } from './real-host.ts'

alone(
  'a session that arrives while the guide is open opens by itself, is named, starred and found by key, and is deleted for good',
  async ({ host, open }) => {
    const page = await open('/')
    await expect(page.getByRole('button', { name: 'Configure Codex' })).toBeEnabled()
    await host.feed('02_classic')
    await expect(page.getByRole('heading', { name: 'SCN:classic run several tools' })).toBeVisible()
    await expect(page.getByRole('treegrid')).toBeVisible()

    const start = page.getByRole('button', { name: /^start-up/ })
    await start.click()
    await expect(page.getByText('During start-up, partly'), 'as its spans tell').toContainText(/environment \d/)
    await expect(page.getByRole('treegrid').getByRole('row').nth(3), 'it lies between the rows').toBeVisible()
    await start.click()

    await page.keyboard.press('F2')
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
    await page.keyboard.type('The cart, slow')
    await page.keyboard.press('Tab')
    await page.keyboard.type('release, slow')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1, name: 'The cart, slow' })).toBeVisible()
    await page.keyboard.press('Shift+S')
    await expect(page.getByRole('button', { name: 'Starred' })).toHaveAttribute('aria-pressed', 'true')

    await host.feed('16_tui')
    await page.getByRole('link', { name: 'Sessions', exact: true }).first().click()
    const grid = page.getByRole('treegrid', { name: 'Sessions' })
    await expect.poll(() => grid.getByRole('row').count()).toBeGreaterThan(2)
    await page.getByRole('button', { name: 'Filter', exact: true }).focus()
    await page.keyboard.press('Enter')
    const item = page.locator('[role^=menuitem]:focus')
    await expect(item).toHaveCount(1)
    await page.keyboard.type('Starred')
    await expect(item).toContainText('Starred')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeFocused()
    await expect(grid.getByRole('row')).toHaveCount(2)
    await expect(grid.getByRole('row').nth(1)).toContainText('The cart, slow')
    await expect(page).toHaveURL(/starred=yes/)
    await page.getByRole('button', { name: 'Remove the filter Starred' }).click()
    await page.keyboard.press('/')
    await page.keyboard.type('release')
    await expect(grid.getByRole('row')).toHaveCount(2)
    await expect(grid.getByRole('row').nth(1)).toContainText('The cart, slow')

    // By the menu of its row it is deleted, after a question; what comes late is refused, which Health says, until it is let in again.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(grid).toBeFocused()
    await expect.poll(() => grid.getByRole('row').count()).toBeGreaterThan(2)
    const before = await grid.getByRole('row').count()
    await grid.getByRole('row', { name: /The cart, slow/ }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Copy the id' }).waitFor()
    await page.keyboard.press('Escape')
    await expect(grid).toBeFocused()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Copy the id' }).waitFor()
    await page.keyboard.type('Delete')
    await expect(item).toContainText('Delete')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Delete the session' }).click()
    await expect.poll(() => grid.getByRole('row').count()).toBe(before - 1)
    await expect(grid).not.toContainText('The cart, slow')
    await host.feed('02_classic')
    await page.getByRole('link', { name: 'Health', exact: true }).click()
    await expect(page.getByText(/[1-9]\d* records refused since/)).toBeVisible()
    await expect(page.getByRole('link', { name: 'Sessions', exact: false }).first()).toBeVisible()
    expect((await host.call('session.list', {})).sessions.map(({ title }) => title)).not.toContain(
      'SCN:classic run several tools',
    )
    await page.getByRole('button', { name: 'Accept it again' }).click()
    await expect(page.getByText('Deleted sessions')).toHaveCount(0)
    await host.feed('02_classic')
    await expect.poll(async () => (await host.call('session.list', { search: 'SCN:classic' })).total).toBe(1)
  },
)

alone('the sample opens from the empty state and goes again', async ({ host, open }) => {
  const page = await open('/')
  await page.getByRole('button', { name: /sample/i }).click()
  await expect(page.getByRole('heading', { name: /cart total/i })).toBeVisible()
  await page.getByRole('button', { name: /remove the sample/i }).click()
  await expect.poll(async () => (await host.call('session.list', {})).total).toBe(0)
})

const captures = [
  ...['01_code_multi', '02_classic', '03b_errors_recovered', '05_err500_exhausted', '06_slow', '09_subagents'],
  ...['16_tui', '20_sandbox', '22_many_steps', '28_guardian', '30_signal_INT'],
]

const test = testOf(captures)
// Tall enough for every row of the longest of these sessions, so that the treegrid holds them all.
test.use({ viewport: { width: 1440, height: 1800 } })

/** What happened in these runs, each in one row's words. */
const sentences: Readonly<Record<string, readonly RegExp[]>> = {
  '16_tui': [
    /exec_command touch .*17\.6 s waiting for you, ok/,
    /exec_command\s+10\s*2\.7 s, 2\.7 s waiting for you, cancelled/,
    /turn 3 .*3\.0 s, interrupted, cancelled/,
    /exec_command touch .*2\.8 s waiting for you, ok/,
    /turn 5 .*3\.0 s, interrupted, cancelled/,
    /session_loop codex-tui .*end not known, interrupted, cancelled/,
  ],
  '20_sandbox': [
    /exec_command touch \/etc\/capture_denied;.*197 ms, ok/,
    /exec_command touch \/etc\/capture_denied2.*failed/,
    /exec_command rm -rf .*failed/,
    /exec_command sleep 30; echo bg.*1\.2 s, its command went on, ok/,
  ],
  '28_guardian': [/exec_command touch .*416 ms, ok/, /session_loop reviewer · Approval review .*ok/],
  '30_signal_INT': [/session_loop .*end not known, lost, outcome unknown/, /turn 1 .*end not known, outcome unknown/],
  '03b_errors_recovered': [/api_call .*4 retries, ok, recovered from 4 errors/],
}

const rootOf = (capture: string): string =>
  loadCapture(capture).conversations.find(({ kind }) => kind === 'user')?.conversation ?? ''

test('the treegrid has the rows of each session, each with its level, status and spans', async ({ host, open }) => {
  const page = await open(`/sessions/${rootOf('01_code_multi')}`)
  const go = (path: string) => page.goto(page.url().replace(/#.*/, `#/sessions/${path}`))
  for (const capture of captures)
    await test.step(capture, async () => {
      const { rows } = await host.call('session.tree', { id: rootOf(capture) })
      await go(rootOf(capture))
      await expect.poll(() => rowsOnPage(page)).toEqual(rowsExpected(rows))
      for (const sentence of sentences[capture] ?? [])
        await expect(page.getByRole('treegrid').getByRole('row').filter({ hasText: sentence })).toHaveCount(1)
    })

  await test.step('16_tui: the decisions of its approvals are told in the turns', async () => {
    await go(`${rootOf('16_tui')}?tab=turns`)
    const decisions = page.getByRole('listitem').filter({ hasText: /decision/ })
    await expect(decisions.filter({ hasText: /approved User/ })).toHaveCount(1)
    await expect(decisions.filter({ hasText: /approved_with_amendment User/ })).toHaveCount(1)
    await expect(page.getByRole('listitem').filter({ hasText: /exec_command.*cancelled/ })).toHaveCount(1)
  })
})

/** A row's status as the treegrid says it. */
const statusWords: Record<TreeRow['status'], string> = {
  ok: 'ok',
  error: 'failed',
  cancelled: 'cancelled',
  open: 'still open',
  unknown: 'outcome unknown',
}

/** `level label, status, spans` of every row that shows. */
async function rowsOnPage(page: Page): Promise<string[]> {
  return page
    .getByRole('treegrid')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })
    .evaluateAll(
      (rows, statuses) =>
        rows.map((row) => {
          const level = row.getAttribute('aria-level') ?? ''
          const label = row.querySelector('b')?.textContent ?? ''
          const words = row.querySelector('[role=gridcell]:last-child')?.textContent ?? ''
          const spans = /([\d,]+) spans?(?:,|$)/.exec(words)?.[1] ?? '0'
          const known = [...new Set(words.split(', '))].filter((word) => statuses.includes(word))
          return `${level} ${label}, ${known.join(' ') || words}, ${spans.replaceAll(',', '')}`
        }),
      Object.values(statusWords),
    )
}

/** The same from the rows: titles' helpers start folded, and a row's spans are those below it too. */
function rowsExpected(rows: readonly TreeRow[]): string[] {
  const levels = new Map<string, number>()
  const hidden = new Set<string>()
  const spans = new Map(rows.map(({ id, spanCount }) => [id, spanCount]))
  for (const { id, parentId } of [...rows].reverse())
    if (parentId !== null) spans.set(parentId, (spans.get(parentId) ?? 0) + (spans.get(id) ?? 0))
  const lines: string[] = []
  for (const { id, parentId, kind, label, detail, status } of rows) {
    const level = parentId === null ? 1 : (levels.get(parentId) ?? 0) + 1
    levels.set(id, level)
    const isTitle = kind === 'session_loop' && parentId !== null && detail.startsWith('title')
    if (isTitle || (parentId !== null && hidden.has(parentId))) hidden.add(id)
    if (parentId !== null && hidden.has(parentId)) continue
    lines.push(`${level} ${label}, ${statusWords[status]}, ${spans.get(id) ?? 0}`)
  }
  return lines
}
