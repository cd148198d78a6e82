import type { ParsedParams } from '../../../src/contract/index.ts'
import { answersOf, session, status } from './fake-answers.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

test('lists sessions newest first, with helpers below theirs on demand', async ({ open }) => {
  const page = await open('/sessions')
  const grid = page.getByRole('treegrid', { name: 'Sessions' })
  await expect(grid.getByRole('row').nth(1)).toContainText('Move the price rules')
  const row = grid.getByRole('row', { name: /The cart total/ })
  await expect(row).toHaveAttribute('aria-expanded', 'false')
  await row.getByRole('button', { name: 'Show helpers' }).click()
  await expect(grid.getByRole('row', { name: /check the API/ })).toHaveAttribute('aria-level', '2')
})

test('works by keyboard alone: search, move, unfold, open, and back', async ({ open }) => {
  const page = await open('/sessions')
  const grid = page.getByRole('treegrid', { name: 'Sessions' })
  await grid.waitFor()
  await page.keyboard.press('ArrowDown')
  await expect(grid).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.type('CART TOTAL')
  await expect(grid.getByRole('row')).toHaveCount(2)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(grid).toBeFocused()
  await expect(grid.getByRole('row').nth(2)).toContainText('The cart total')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(grid.locator('[aria-selected=true]')).toContainText('Name this session')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /The cart total/ })).toBeVisible()
  await page.goBack()
  await expect(grid.getByRole('row', { name: /Name this session/ })).toBeVisible()
})

test('holds only the rows in view in the page, and reaches the last by End', async ({ open }) => {
  const page = await open('/sessions')
  const grid = page.getByRole('treegrid', { name: 'Sessions' })
  await grid.getByRole('row', { name: /The cart total/ }).waitFor()
  expect(await grid.getByRole('row').count()).toBeLessThan(50)
  await expect(grid).toHaveAttribute('aria-rowcount', '127')
  await grid.focus()
  await page.keyboard.press('End')
  await expect(grid.locator('[aria-rowindex="127"]')).toBeInViewport()
})

type Page = ParsedParams<'session.list'>

test('reads a long list where somebody looks, its end by End, and all of it to sort', async ({ open, host, world }) => {
  world.sessions.sort((a, b) => b.startedAtMs - a.startedAtMs)
  const last = world.sessions.at(-1)
  if (!last) throw new Error('There are none.')
  for (let i = 1; i <= 2500; i++)
    world.sessions.push(
      session({
        ...{ id: `old-${i}`, title: `old ${i}`, startedAtMs: last.startedAtMs - i * 60_000, wallMs: i },
        ...(i >= 2040 && i < 2050 ? { parentId: 'old-2050', kind: 'subagent' } : {}),
      }),
    )
  const page = await open('/sessions')
  const grid = page.getByRole('treegrid', { name: 'Sessions' })
  await expect(grid).toHaveAttribute('aria-rowcount', /^26\d\d$/)
  await expect(page.getByText('2,628 sessions, 12 of them helpers')).toBeVisible()
  await grid.focus()
  await page.keyboard.press('End')
  await expect(grid.locator('[aria-selected=true]')).toContainText('old 2500')
  await expect(grid.locator('[aria-selected=true]')).toBeInViewport()
  const asked = () => host.calls.filter(({ name, params }) => name === 'session.list' && (params as Page).limit > 1)
  expect(asked().map(({ params }) => (params as Page).offset)).toEqual([0, 2228])
  // Helpers that are found above, and go below theirs, leave in its place what somebody looks at.
  await expect(grid).toHaveAttribute('aria-rowcount', '2627')
  for (let i = 0; i < 16; i++) await page.keyboard.press('PageUp')
  await expect(grid).toHaveAttribute('aria-rowcount', '2617')
  await expect(grid.locator('[aria-selected=true]')).toBeInViewport()
  // Marks reach over what was not read when they were set.
  await page.keyboard.press('Home')
  await page.keyboard.press(' ')
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+ ')
  await expect(page.getByText('2,616 sessions marked')).toBeVisible()
  await page.getByRole('button', { name: 'Clear' }).click()
  // What has changed there shows, though it is far from the newest.
  Object.assign(world.sessions.at(-1) ?? {}, { title: 'renamed' })
  host.push('sessions')
  await expect(grid.locator('[aria-selected=true]')).toContainText('renamed')
  await page.reload()
  const header = page.getByRole('columnheader', { name: 'Duration' })
  await header.getByRole('button').click()
  // Once all of them are read.
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
  await expect(grid.getByRole('row').nth(1)).toContainText(/old 1(?!\d)/)
})

test('sorts by a column and keeps that in the address', async ({ open }) => {
  const page = await open('/sessions')
  const header = page.getByRole('columnheader', { name: 'Duration' })
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  expect(page.url()).toContain('sort=-duration')
})

test('shows the columns that were chosen, also after a reload', async ({ open }) => {
  const page = await open('/sessions')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Originator' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Errors' }).click()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Originator' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Errors' })).toHaveCount(0)
})

test('a new session appears by itself', async ({ open, world, host }) => {
  const page = await open('/sessions')
  await page.getByRole('row', { name: /The cart total/ }).waitFor()
  world.sessions = [session({ id: 'new', title: 'Brand new', startedAtMs: Date.now() + 1e9 }), ...world.sessions]
  await expect(async () => {
    host.push('sessions')
    await expect(page.getByRole('row', { name: /Brand new/ })).toBeVisible({ timeout: 300 })
  }).toPass()
})

test('shows the spans that belong to no session, on demand', async ({ open }) => {
  const page = await open('/sessions')
  await page.getByRole('button', { name: /204 spans in 61 traces belong to no session/ }).click()
  await expect(page.getByText('model_provider.list_models')).toBeVisible()
})

test('guides whoever has no session: lights turn on, and the first session opens by itself', async ({
  open,
  world,
  host,
}) => {
  Object.assign(world, { sessions: [], status: status(0) })
  const page = await open('/sessions')
  await expect(page.getByLabel('with your prompts')).not.toBeChecked()
  await page.getByText('By hand instead').click()
  await expect(page.getByText('endpoint = "http://127.0.0.1:4318/v1/traces"')).toBeVisible()
  const lights = page.locator('.lights')
  await expect(lights.getByText('waiting')).toHaveCount(3)
  world.status = {
    ...world.status,
    signals: { ...world.status.signals, logs: { ...world.status.signals.logs, records: 7 } },
  }
  await expect(async () => {
    host.push('status')
    await expect(lights.getByText('7 records')).toBeVisible({ timeout: 300 })
  }).toPass()
  // A helper may be told of before the session that it belongs to.
  world.sessions = [session({ id: '01a1f849-0000-7000-8000-00000000a001', kind: 'subagent', title: 'check the API' })]
  await expect(async () => {
    host.push('sessions')
    await expect(page.getByRole('row', { name: /check the API/ })).toBeVisible({ timeout: 300 })
  }).toPass()
  world.sessions.push(session())
  await expect(async () => {
    host.push('sessions')
    await expect(page.getByRole('heading', { level: 1, name: /The cart total/ })).toBeVisible({ timeout: 300 })
  }).toPass()
  // What has not come yet is still waited for, where the guide is gone.
  await expect(page.getByLabel('Signals received')).toHaveText(/^\s*Logs received\s*Traces not yet\s*Metrics/)
})

test('opens the sample, and removes it from its own head', async ({ open, world }) => {
  Object.assign(world, { sessions: [], status: status(0) })
  const page = await open('/sessions')
  await page.getByRole('button', { name: 'Open the sample session' }).click()
  await expect(page).toHaveURL(new RegExp(sessionId))
  // The button went with what it did: what took its place has the focus.
  await expect(page.getByRole('main')).toBeFocused()
  await page.getByRole('button', { name: 'Remove the sample' }).click()
  await expect(page.getByRole('heading', { name: 'See how your Codex sessions were made' })).toBeVisible()
  expect(answersOf(world)['session.list']({ helpers: true, limit: 1, offset: 0 })).toMatchObject({ total: 0 })
})
