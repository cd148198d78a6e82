import { presentMs } from './fake-answers.ts'
import { sessionId, wallMs } from './fake-session.ts'
import { axisOf, expect, inkOf, rowsOf, test, timeArea } from './waterfall-test.ts'

const path = `/sessions/${sessionId}`

test('speaks every row, zooms by keys and pointer, and tells of a bar under the pointer', async ({ open }) => {
  const page = await open(path)
  const area = await timeArea(page)

  await test.step('speaks every row: name, length, status, spans, and its place in the tree', async () => {
    const row = rowsOf(page).getByRole('row', { name: /npm test/ })
    await expect(row).toContainText('3 m 31 s, exit 1, failed, 38 spans')
    await expect(row).toHaveAttribute('aria-level', '3')
    await expect(row).toHaveAttribute('aria-posinset', '2')
    await expect(row).toHaveAttribute('aria-setsize', '7')
    await expect(rowsOf(page).getByRole('row', { name: /^session_loop codex-tui/ })).toContainText('1,393')
  })

  await test.step('draws bars, and draws the closer ones when zoomed, there and back', async () => {
    const whole = await axisOf(page)
    await page.keyboard.press('w')
    await expect.poll(() => axisOf(page)).not.toBe(whole)
    const closer = await axisOf(page)
    // As after a drag in the minimap, which has no focus of its own.
    await page.getByRole('tabpanel', { name: 'Waterfall' }).focus()
    await page.keyboard.press('Backspace')
    await expect.poll(() => axisOf(page)).toBe(whole)
    await page.keyboard.press('Shift+Backspace')
    await expect.poll(() => axisOf(page)).toBe(closer)
    await page.keyboard.press('0')
    await expect.poll(() => axisOf(page)).toBe(whole)
  })

  await test.step('zooms to the pointer, moves by the middle button, and a double click shows all', async () => {
    const whole = await axisOf(page)
    await page.mouse.move(area.x + 200, area.y + 60)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -400)
    await page.keyboard.up('Control')
    await expect.poll(() => axisOf(page)).not.toBe(whole)
    const first = page.locator('.axis i').first()
    const before = (await first.boundingBox())?.x ?? 0
    await page.mouse.down({ button: 'middle' })
    await page.mouse.move(area.x + 220, area.y + 60, { steps: 3 })
    await page.mouse.up({ button: 'middle' })
    await expect.poll(async () => Math.round(((await first.boundingBox())?.x ?? 0) - before)).toBe(20)
    await page.mouse.dblclick(area.x + 200, area.y + 60)
    await expect.poll(() => axisOf(page)).toBe(whole)
  })

  await test.step('a bar under the pointer tells its times, its shares and its rank', async () => {
    await page.mouse.move(area.x + area.width * 0.5, area.y + 10 * 24 + 12)
    const card = page.locator('.hover')
    await expect(card).toContainText('exec_command')
    await expect(card).toContainText('59 % of turn 2, 32 % of the session')
    await expect(card).toContainText('waiting for you')
    await expect(card).toContainText('slower than 93 % of your 212 exec_command npm')
    await page.mouse.move(area.x + area.width * 0.1, area.y + 10 * 24 + 12)
    await expect(card).toHaveCount(0)
  })
})

test('shows the rows before their raw spans are there', async ({ open, page }) => {
  let release: () => void = () => undefined
  const held = new Promise<void>((done) => (release = done))
  await page.route('**/api/session.block', async (route) => {
    if (route.request().postData()?.includes('true')) await held
    await route.continue()
  })
  await open(path)
  await expect(rowsOf(page).getByRole('row', { name: /npm test/ })).toContainText('3 m 31 s, exit 1, failed')
  await expect(page.locator('.heading')).toHaveText('21 rows, raw spans to come')
  release()
  await expect(page.locator('.heading')).toHaveText('21 rows for 1,393 spans')
})

test('a drag selects a range, says what is in it, and zooms to it', async ({ open }) => {
  const page = await open(path)
  const area = await timeArea(page)
  const whole = await axisOf(page)
  await page.mouse.move(area.x + area.width * 0.37, area.y + 60)
  await page.mouse.down()
  await page.mouse.move(area.x + area.width * 0.68, area.y + 90, { steps: 3 })
  await page.mouse.up()
  const range = page.getByRole('region', { name: 'The selected range' })
  await expect(range).toContainText(/3 m 2\d s/)
  await expect(range).toContainText('1 error')
  await expect(range).toContainText(/waiting for you 2 m 4\d s/)
  await expect(rowsOf(page).locator('[aria-selected=true]'), 'a drag is no click').toHaveCount(0)
  await page.keyboard.press('z')
  await expect(range).toHaveCount(0)
  await expect.poll(() => axisOf(page)).not.toBe(whole)
  await expect(page.locator('.minimap')).toContainText(/3 m 2\d s of 11 m 04 s/)
})

test('the minimap zooms by the keys and by dragging its edges', async ({ open }) => {
  const page = await open(path)
  const area = await timeArea(page)
  const start = page.getByRole('slider', { name: 'Start of what shows' })
  await start.focus()
  await page.keyboard.press('PageUp')
  await expect(start).toHaveAttribute('aria-valuetext', /^1 m 06 s after the start/)
  const map = await page.locator('.minimap .area').boundingBox()
  if (!map) throw new Error('There is no minimap.')
  await page.mouse.move(map.x + map.width - 2, map.y + 20)
  await page.mouse.down()
  await page.mouse.move(map.x + map.width / 2, map.y + 20, { steps: 3 })
  await page.mouse.up()
  await expect(page.getByRole('slider', { name: 'End of what shows' })).toHaveAttribute('aria-valuetext', /^5 m 3\d s/)
  expect(area.width).toBeCloseTo(map.width, 0)
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
  await expect(page.locator('.heading')).toHaveText('21 rows for 1,393 spans')
  await page.keyboard.press('f')
  await expect(grid).toHaveAttribute('aria-rowcount', String(22 + 38))
  await expect(grid.getByRole('row', { name: /^session_loop codex-tui/ })).toContainText('1,393')
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'stream_request' })).toBeVisible()
  expect(page.url()).toMatch(/row=raw(\/|%2F)/)
  await page.reload()
  await expect(grid.locator('[aria-selected=true]')).toContainText('handle_responses')
  await page.keyboard.press('f')
  await expect(grid).toHaveAttribute('aria-rowcount', '22')
})

test('unfolds everything, and draws only what is in view', async ({ open }) => {
  const page = await open(path)
  await expect(page.locator('.heading')).toHaveText('21 rows for 1,393 spans')
  await page.keyboard.press('Shift+F')
  await expect(rowsOf(page)).toHaveAttribute('aria-rowcount', String(22 + 1393))
  expect(await rowsOf(page).getByRole('row').count()).toBeLessThan(60)
  await rowsOf(page).focus()
  await page.keyboard.press('End')
  await expect(rowsOf(page).locator('.cursor')).toHaveAttribute('aria-rowindex', String(22 + 1393))
  await expect(rowsOf(page).locator('.cursor')).toBeInViewport()
  await page.keyboard.press('Shift+F')
  await expect(rowsOf(page)).toHaveAttribute('aria-rowcount', '22')
})

test('a link to a raw span unfolds its row', async ({ open }) => {
  const page = await open(`${path}?row=raw/0af7651916cd43dd8448eb211c80319c/0000000000000001&fold=turn-1`)
  await expect(rowsOf(page).locator('[aria-selected=true]')).toHaveAttribute('aria-level', '3')
  await expect(rowsOf(page)).toHaveAttribute('aria-rowcount', String(22 - 6 + 121))
})

test('goes from error to error, also into folded turns', async ({ open }) => {
  const page = await open(`${path}?fold=turn-8`)
  const grid = rowsOf(page)
  await expect(grid).toHaveAttribute('aria-rowcount', '11')
  await page.keyboard.press('e')
  await expect(grid.locator('[aria-selected=true]')).toContainText('429 rate limit')
  await page.keyboard.press('e')
  const recovered = grid.locator('[aria-selected=true]')
  await expect(recovered).toContainText('9.9k in')
  await expect(recovered).toContainText('ok, recovered from 2 errors')
  await page.keyboard.press('e')
  await expect(grid.locator('[aria-selected=true]')).toContainText('npm test')
  await page.keyboard.press('Shift+E')
  await page.keyboard.press('Shift+E')
  await expect(grid.locator('[aria-selected=true]')).toContainText('429 rate limit')
})

test('finds words in names at once and elsewhere by the engine, and shows matches only', async ({ open }) => {
  const page = await open(path)
  const grid = rowsOf(page)
  await expect(page.locator('.heading')).toHaveText('21 rows for 1,393 spans')
  await page.keyboard.press('/')
  await page.keyboard.type('rate limit')
  const count = page.locator('.search .count')
  await expect(count).toHaveText('2')
  await expect(count).toHaveAttribute('title', 'matches in 1 raw span and 2 logs')
  await page.keyboard.press('Enter')
  await expect(grid.locator('[aria-selected=true]')).toContainText('429 rate limit')
  await grid.focus()
  await page.keyboard.press('n')
  await expect(grid.locator('[aria-selected=true]')).toContainText('npm test')
  await page.keyboard.press('m')
  await expect(grid).toHaveAttribute('aria-rowcount', '6')
  await page.keyboard.press('f')
  await expect(grid, 'of its raw spans the one that matches').toHaveAttribute('aria-rowcount', '7')
  await expect.poll(() => page.url()).toContain('find=rate')
  await page.keyboard.press('Escape')
  await expect(grid).toHaveAttribute('aria-rowcount', String(22 + 38))
})

test('follows the critical path, squeezes idle gaps and colours by an attribute', async ({ open }) => {
  const page = await open(path)
  await timeArea(page)

  await test.step('follows the critical path and adds it up', async () => {
    const before = await inkOf(page)
    await page.keyboard.press('c')
    await expect(page.locator('.strip')).toContainText('Critical path 11 m 04 s')
    await expect(page.locator('.strip')).toContainText('waiting for you')
    await expect.poll(() => inkOf(page)).toBeGreaterThan(before)
    await page.keyboard.press('c')
    await expect(page.locator('.strip')).toHaveCount(0)
  })

  await test.step('squeezes idle gaps: the rest gets their room', async () => {
    const xOf = async (label: string) =>
      (await page.locator('.axis i', { hasText: new RegExp(`^${label}$`) }).boundingBox())?.x ?? 0
    const before = (await xOf('6 m')) - (await xOf('4 m'))
    await page.keyboard.press('g')
    await expect.poll(async () => (await xOf('6 m')) - (await xOf('4 m'))).toBeGreaterThan(before + 2)
    await expect(page.getByRole('button', { name: 'Squeeze gaps' })).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('colours by an attribute, and says which value has which colour', async () => {
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('tool')
    await expect(page.locator('.strip')).toContainText('exec_command')
    await expect.poll(() => page.url()).toContain('colour=tool')
    await page.reload()
    await expect(page.locator('.strip')).toContainText('exec_command')
  })
})

test('the helper that names the session starts folded, and stays as it was left', async ({ open, world }) => {
  const [first] = world.tree.rows
  if (!first) throw new Error('The tree is empty.')
  const loop = { ...first, id: 's:title', parentId: first.id, detail: 'title · gpt-5.5', durationMs: 900 }
  world.tree.rows.push(loop, { ...loop, id: 'its call', parentId: loop.id, kind: 'api_call', label: 'name it' })
  const page = await open(path)
  // High enough for all of its rows.
  await page.setViewportSize({ width: 1440, height: 1100 })
  const title = rowsOf(page).getByRole('row', { name: /^session_loop title/ })
  await expect(title).toHaveAttribute('aria-expanded', 'false')
  await title.locator('.fold').click()
  await expect(rowsOf(page).getByRole('row', { name: /^name it/ })).toBeVisible()
  await expect.poll(() => page.url()).toContain('open=s:title')
  await page.reload()
  await expect(title).toHaveAttribute('aria-expanded', 'true')
})

test('grows live in place: selection and folds stay, and its right edge is now', async ({ open, world, host }) => {
  world.sessions = world.sessions.map((one) => (one.id === sessionId ? { ...one, state: 'live' as const } : one))
  const page = await open(`${path}?row=tool_call-10&fold=turn-1`)
  const grid = rowsOf(page)
  const loop = grid.getByRole('row', { name: /^session_loop codex-tui/ })
  await expect(loop).toContainText('1 h 00 m so far')
  const [first] = world.tree.rows
  if (!first) throw new Error('The tree is empty.')
  world.tree.rows.push({
    ...{ ...first, id: 'late', parentId: first.id, kind: 'turn', label: 'turn 4', spanCount: 7 },
    ...{ detail: 'One more thing', startMs: presentMs - wallMs },
  })
  world.tree.spanCount += 7
  await expect(async () => {
    host.push('sessions')
    await expect(grid.getByRole('row', { name: /One more thing/ })).toContainText('7', { timeout: 300 })
  }).toPass()
  await expect(grid.locator('[aria-selected=true]')).toContainText('npm test')
  await expect(grid.getByRole('row', { name: /^turn 1/ })).toHaveAttribute('aria-expanded', 'false')
  await page.clock.runFor(120_000)
  await expect(loop).toContainText('1 h 02 m so far')
})

test('asks for the spans again only when there are others', async ({ open, host }) => {
  const page = await open(path)
  await expect(page.locator('.heading')).toHaveText('21 rows for 1,393 spans')
  const asked = (spans: boolean) =>
    host.calls.filter(({ name, params }) => name === 'session.block' && JSON.stringify(params).includes(`${spans}`))
      .length
  const whole = asked(true)
  const rows = asked(false)
  await expect(async () => {
    host.push('sessions')
    await expect.poll(() => asked(false), { timeout: 300 }).toBeGreaterThan(rows + 1)
  }).toPass()
  expect(asked(true)).toBe(whole)
})
