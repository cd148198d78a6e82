import type { Locator, Page } from '@playwright/test'
import { presentMs } from './fake-answers.ts'
import { sessionId, wallMs } from './fake-session.ts'
import { expect, test } from './page-test.ts'

const path = `/sessions/${sessionId}`
const rowsOf = (page: Page): Locator => page.getByRole('treegrid', { name: 'Rows of the session' })

/** How many pixels of the canvas are not transparent. */
function inkOf(page: Page): Promise<number> {
  return page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const data =
      canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray()
    return data.filter((value, index) => index % 4 === 3 && value > 0).length
  })
}

test('says what the session was, in figures', async ({ open }) => {
  const page = await open(path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/The cart total ignores quantities/)
  const head = page.locator('main > header')
  for (const words of [
    'done',
    '2 errors',
    '11 m 04 s',
    '9 m 31 s busy',
    '23',
    '2 failed',
    '412k',
    '91 % cached',
    '3.1k reasoning',
  ])
    await expect(head).toContainText(words)
})

test('speaks every row: name, length, status, spans, and its place in the tree', async ({ open }) => {
  const page = await open(path)
  const row = rowsOf(page).getByRole('row', { name: /npm test/ })
  await expect(row).toContainText('3 m 31 s, exit 1, failed, 38 spans')
  await expect(row).toHaveAttribute('aria-level', '3')
  await expect(row).toHaveAttribute('aria-posinset', '2')
  await expect(row).toHaveAttribute('aria-setsize', '7')
  await expect(rowsOf(page).getByRole('row', { name: /^session_loop codex-tui/ })).toContainText('1,393')
})

test('draws bars, and draws the closer ones when zoomed', async ({ open }) => {
  const page = await open(path)
  await expect.poll(() => inkOf(page)).toBeGreaterThan(2000)
  const before = await page.locator('.axis').innerText()
  await rowsOf(page).focus()
  await page.keyboard.press('w')
  await page.keyboard.press('w')
  await expect.poll(() => page.locator('.axis').innerText()).not.toBe(before)
  await page.keyboard.press('0')
  await expect.poll(() => page.locator('.axis').innerText()).toBe(before)
})

test('zooms to the pointer, moves by dragging, and a double click shows all', async ({ open }) => {
  const page = await open(path)
  const canvas = page.locator('canvas')
  await expect.poll(() => inkOf(page)).toBeGreaterThan(2000)
  const axis = page.locator('.axis')
  const whole = await axis.innerText()
  const place = await canvas.boundingBox()
  if (!place) throw new Error('Nothing is drawn.')
  await page.mouse.move(place.x + 200, place.y + 60)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -400)
  await page.keyboard.up('Control')
  await expect.poll(() => axis.innerText()).not.toBe(whole)
  const zoomed = await axis.locator('i').first().boundingBox()
  if (!zoomed) throw new Error('Nothing is drawn.')
  await page.mouse.move(place.x + 200, place.y + 60)
  await page.mouse.down()
  await page.mouse.move(place.x + 230, place.y + 60, { steps: 3 })
  await page.mouse.up()
  await expect.poll(async () => (await axis.locator('i').first().boundingBox())?.x).not.toBe(zoomed.x)
  await expect(page.locator('[aria-selected=true]')).toHaveCount(0)
  await page.mouse.dblclick(place.x + 200, place.y + 60)
  await expect.poll(() => axis.innerText()).toBe(whole)
})

test('folds and moves by the arrow keys', async ({ open }) => {
  const page = await open(path)
  const grid = rowsOf(page)
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await expect(grid.getByRole('row', { name: /cat cart.mjs/ })).toHaveCount(0)
  await expect(grid.getByRole('row', { name: /^turn 1/ })).toHaveAttribute('aria-expanded', 'false')
  expect(page.url()).toContain('fold=turn-1')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(grid.locator('[aria-selected=true]')).toContainText('9.1k in, 70 % cached')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'turn 3' })).toBeVisible()
})

test('unfolds a row to as many raw spans as it says, and folds it back', async ({ open }) => {
  const page = await open(`${path}?row=tool_call-10`)
  const grid = rowsOf(page)
  await expect(grid).toHaveAttribute('aria-rowcount', '22')
  await grid.focus()
  await page.keyboard.press('u')
  await expect(grid).toHaveAttribute('aria-rowcount', String(22 + 38))
  await expect(grid.getByRole('row', { name: /^session_loop codex-tui/ })).toContainText('1,393')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'stream_request' })).toBeVisible()
  await page.keyboard.press('f')
  await expect(grid).toHaveAttribute('aria-rowcount', '22')
})

test('goes from error to error, also into folded turns', async ({ open }) => {
  const page = await open(`${path}?fold=turn-8`)
  const grid = rowsOf(page)
  await grid.focus()
  await page.keyboard.press('e')
  await expect(grid.locator('[aria-selected=true]')).toContainText('429 rate limit')
  await page.keyboard.press('e')
  await expect(grid.locator('[aria-selected=true]')).toContainText('npm test')
  await page.keyboard.press('Shift+E')
  await expect(grid.locator('[aria-selected=true]')).toContainText('429 rate limit')
})

test('shows arguments, output, logs and the raw span of the selected row', async ({ open }) => {
  const page = await open(path)
  await rowsOf(page)
    .getByRole('row', { name: /npm test/ })
    .click()
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details.getByRole('region', { name: 'Arguments' })).toContainText('"cmd": "npm test -- --run"')
  await expect(details.getByRole('region', { name: 'Output' })).toContainText('expected 10 to be 5')
  await expect(details).toContainText('waiting for you')
  await details.getByRole('tab', { name: /Logs/ }).click()
  await expect(details).toContainText('exec_command approved by the user')
  await details.getByRole('tab', { name: 'Raw JSON' }).click()
  await expect(details).toContainText('"startTimeUnixNano"')
})

test('a link keeps the selection and the folds', async ({ open }) => {
  const page = await open(`${path}?row=tool_call-10&fold=turn-1`)
  await page.reload()
  await expect(page.getByRole('heading', { level: 2, name: 'exec_command' })).toBeVisible()
  await expect(rowsOf(page).getByRole('row', { name: /^turn 1/ })).toHaveAttribute('aria-expanded', 'false')
})

test('grows live in place: selection and folds stay, and its right edge is now', async ({ open, world, host }) => {
  const list = world.sessions.map((one) => (one.id === sessionId ? { ...one, state: 'live' as const } : one))
  world.sessions = list
  const page = await open(`${path}?row=tool_call-10&fold=turn-1`)
  const grid = rowsOf(page)
  const loop = grid.getByRole('row', { name: /^session_loop codex-tui/ })
  await expect(loop).toContainText('1 h 00 m so far')
  const first = world.tree.rows[0]
  if (!first) throw new Error('The tree is empty.')
  world.tree.rows.push({
    ...first,
    id: 'late',
    parentId: first.id,
    kind: 'turn',
    label: 'turn 4',
    detail: 'One more thing',
    startMs: presentMs - wallMs,
  })
  await expect(async () => {
    host.push('sessions')
    await expect(grid.getByRole('row', { name: /One more thing/ })).toBeVisible({ timeout: 300 })
  }).toPass()
  await expect(grid.locator('[aria-selected=true]')).toContainText('npm test')
  await expect(grid.getByRole('row', { name: /^turn 1/ })).toHaveAttribute('aria-expanded', 'false')
  await page.clock.runFor(120_000)
  await expect(loop).toContainText('1 h 02 m so far')
})

test('says so when the session is not there', async ({ page, host, open }) => {
  void host
  await page.route('**/api/session.get', (route) =>
    route.fulfill({ json: { ok: false, error: { code: 'not_found', message: 'There is no such session.' } } }),
  )
  await open('/sessions/none')
  await expect(page.getByRole('heading', { name: 'This session is not here' })).toBeVisible()
})
