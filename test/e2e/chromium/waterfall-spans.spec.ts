import type { Page } from '@playwright/test'
import { sessionId } from './fake-session.ts'
import { expect, rowsOf, test, timeArea } from './waterfall-test.ts'

const path = `/sessions/${sessionId}`
/** A row of 38 raw spans; it stands on the eleventh line. */
const failed = `${path}?row=tool_call-10`

test('marks the events of spans at their times, names them, and a click leads to the span', async ({ open, host }) => {
  const page = await open(path)
  const area = await timeArea(page)
  await expect.poll(() => host.calls.filter(({ name }) => name === 'span.events').length).toBeGreaterThan(0)
  const row = rowsOf(page).getByRole('row', { name: /npm test/ })
  await expect(row).toContainText('events in 1 of its own spans')
  const asked = host.calls.find(({ name }) => name === 'span.events')
  expect(JSON.stringify(asked?.params).length, 'only of the rows in view').toBeLessThan(3000)

  // The first span of a row is as long as the row: its event is in the middle.
  const place = await row.boundingBox()
  const bar = await barOf(page, 10)
  await page.mouse.move(area.x + bar.middle, (place?.y ?? 0) + 8)
  const card = page.locator('.hover')
  await expect(card).toContainText('noted in exec_command')
  await expect(card).toContainText('2 more events not drawn')
  await page.mouse.click(area.x + bar.middle, (place?.y ?? 0) + 8)
  await expect(page.getByRole('tab', { name: /^Logs/, selected: true })).toBeVisible()
  await expect(row, 'stands for its span').toHaveAttribute('aria-selected', 'true')
  expect(page.url()).toMatch(/row=raw(\/|%2F)/)
})

/** Where the bar of a line is, in pixels of the time area. */
async function barOf(page: Page, line: number): Promise<{ middle: number }> {
  return rowsOf(page)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement, at) => {
      const ratio = canvas.width / canvas.clientWidth
      // The bar's middle line, where neither marks nor ticks are; its words are beside it and thin.
      const pixels = canvas.getContext('2d')?.getImageData(0, Math.round((at * 24 + 16) * ratio), canvas.width, 1).data
      const inked = Array.from({ length: canvas.width }, (_, x) => pixels?.[x * 4 + 3] === 255)
      const first = inked.findIndex((_, x) => inked.slice(x, x + 20).every(Boolean))
      let end = first
      while (inked[end]) end++
      return { middle: (first + end) / 2 / ratio }
    }, line)
}

test('folds a raw span by keys and by its caret, says how much it hides, and keeps that in the link', async ({
  open,
}) => {
  const page = await open(failed)
  const grid = rowsOf(page)
  await expect(page.locator('.heading')).toHaveText('21 rows for 1,393 spans')
  await page.keyboard.press('f')
  await expect(grid).toHaveAttribute('aria-rowcount', String(22 + 38))
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  const span = grid.locator('[role=row].cursor')
  await expect(span).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowLeft')
  await expect(span).toHaveAttribute('aria-expanded', 'false')
  await expect(span).toContainText('+2')
  await expect(span).toContainText('2 spans below it folded')
  await expect(grid).toHaveAttribute('aria-rowcount', String(22 + 36))
  await expect(grid.getByRole('row', { name: /npm test/ }), 'the row still counts all').toContainText('38')
  await expect.poll(() => page.url()).toMatch(/fold=raw(\/|%2F)/)
  await page.reload()
  await expect(grid).toHaveAttribute('aria-rowcount', String(22 + 36))
  await grid.locator('[role=row][aria-expanded=false] .fold').click()
  await expect(grid).toHaveAttribute('aria-rowcount', String(22 + 38))
  await expect(grid.getByRole('row', { name: /^handle_responses/ }).first()).toBeVisible()
})

test('a press on a session asks for its rows once, before the click', async ({ open, host, page }) => {
  // Rows that were asked for ahead are fresh for two seconds; a busy machine may need more from the press to the view.
  await expect(async () => {
    await open('/sessions')
    const row = page.locator('[role=treegrid] [role=row][aria-level]').first()
    await row.hover()
    host.calls.length = 0
    const asked = () => host.calls.filter(({ name }) => name === 'session.block')
    await page.mouse.down()
    await expect.poll(asked).toHaveLength(1)
    await page.mouse.up()
    await expect(rowsOf(page)).toBeVisible()
    expect(asked().filter(({ params }) => JSON.stringify(params).includes('false'))).toHaveLength(1)
  }).toPass()
})

test('the spans come once, however late the session itself says how many it has', async ({ open, host, page }) => {
  let release: () => void = () => undefined
  const held = new Promise<void>((done) => (release = done))
  await page.route('**/api/session.get', async (route) => {
    await held
    await route.continue()
  })
  await page.clock.install()
  await open(path)
  await expect(rowsOf(page).getByRole('row', { name: /npm test/ })).toBeVisible()
  const heading = page.locator('.heading')
  await expect(heading).toHaveText('21 rows, raw spans to come')
  release()
  await expect(heading).toHaveText('21 rows for 1,393 spans')
  const asked = (spans: boolean) =>
    host.calls.filter(({ name, params }) => name === 'session.block' && JSON.stringify(params).includes(`${spans}`))
      .length
  const rows = asked(false)
  await expect(async () => {
    // Longer than what is asked for again waits.
    await page.clock.runFor(60_000)
    host.push('sessions')
    await expect.poll(() => asked(false), { timeout: 300 }).toBeGreaterThan(rows + 2)
  }).toPass()
  expect(asked(true)).toBe(1)
})

for (const ratio of [1.5, 2])
  test.describe(`on a display of ${ratio} pixels a pixel`, () => {
    test.use({ deviceScaleFactor: ratio })
    test('the canvas has them all, and a click on a bar selects its row', async ({ open }) => {
      const page = await open(path)
      const area = await timeArea(page)
      const size = await rowsOf(page)
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => {
          const { width, height } = canvas.getBoundingClientRect()
          return [canvas.width - width * devicePixelRatio, canvas.height - height * devicePixelRatio]
        })
      // Half a pixel of the page may be left over at an odd width.
      for (const over of size) expect(Math.abs(over)).toBeLessThan(1)
      const row = rowsOf(page).getByRole('row', { name: /npm test/ })
      const { middle } = await barOf(page, 10)
      await page.mouse.click(area.x + middle - 20, ((await row.boundingBox())?.y ?? 0) + 12)
      await expect(row).toHaveAttribute('aria-selected', 'true')
      await expect(page.getByRole('heading', { level: 2, name: 'exec_command' })).toBeVisible()
    })
  })

test.describe('with reduced motion', () => {
  test.use({ reducedMotion: 'reduce' })
  test('nothing moves, whatever happens', async ({ open, world }) => {
    world.sessions = world.sessions.map((one) => (one.id === sessionId ? { ...one, state: 'live' as const } : one))
    const page = await open(path)
    await timeArea(page)
    for (const key of ['ArrowDown', 'Enter', 'w', 'c', 'Shift+F', '?']) await page.keyboard.press(key)
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .map((element) => ({ element, style: getComputedStyle(element) }))
        .filter(({ style }) => style.animationName !== 'none' || style.transitionProperty !== 'none')
        .filter(({ style }) => style.animationName !== 'none' || style.transitionDuration !== '0s')
        .map(({ element }) => element.className),
    )
    expect(moving).toEqual([])
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })
})
