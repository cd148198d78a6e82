import type { Locator, Page } from '@playwright/test'
import { presentMs } from './fake-answers.ts'
import { sessionId } from './fake-session.ts'
import { expect, test, timeArea } from './waterfall-test.ts'

const session = `/sessions/${sessionId}`
const splitter = (page: Page, name: string): Locator => page.getByRole('separator', { name })
const widthOf = async (pane: Locator): Promise<number> => Math.round((await pane.boundingBox())?.width ?? 0)

/** From the middle of the line, as far as is said. */
async function drag(page: Page, line: Locator, byX: number): Promise<void> {
  const box = await line.boundingBox()
  if (!box) throw new Error('There is no line to drag.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + byX / 2, y)
  await page.mouse.move(x + byX, y)
  await page.mouse.up()
}

test('the names take the width that they are dragged to, and the bars what is left; both after a reload', async ({
  open,
}) => {
  const page = await open(session)
  const before = await timeArea(page)
  const names = page.locator('.heading')
  const width = await widthOf(names)
  await drag(page, splitter(page, 'Width of the names'), -60)
  await expect.poll(() => widthOf(names)).toBe(width - 60)
  expect((await timeArea(page)).width).toBe(before.width + 60)
  await page.clock.install({ time: presentMs })
  await page.reload()
  await timeArea(page)
  await expect.poll(() => widthOf(names)).toBe(width - 60)
  const about = page.getByRole('region', { name: 'About this session' })
  await expect(about).toBeVisible()
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.reload()
  await timeArea(page)
  await expect(about, 'a smaller window leaves the room to the bars').toHaveCount(0)
  await page.keyboard.press('i')
  await expect(about).toBeVisible()
})

test('the details are narrowed and widened by keys between their limits, and a double click gives the usual width', async ({
  open,
}) => {
  const page = await open(session)
  await timeArea(page)
  const details = page.getByRole('complementary', { name: 'Details' })
  const line = splitter(page, 'Width of details')
  const usual = await widthOf(details)
  await line.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => widthOf(details)).toBe(usual + 16)
  await expect(line).toHaveAttribute('aria-valuenow', String(usual + 16))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => widthOf(details)).toBe(usual - 16)
  await page.keyboard.press('Home')
  await expect.poll(() => widthOf(details)).toBe(280)
  await page.keyboard.press('End')
  await expect(line).toHaveAttribute('aria-valuenow', (await line.getAttribute('aria-valuemax')) ?? 'none')
  await expect.poll(async () => (await timeArea(page)).width).toBeGreaterThanOrEqual(200)
  await line.dblclick()
  await expect.poll(() => widthOf(details)).toBe(usual)
  // Closed, the bars have its room, until a row is chosen or somebody wants it again.
  const before = await timeArea(page)
  await page.getByRole('button', { name: 'Close “About this session”' }).click()
  await expect(details).toHaveCount(0)
  expect((await timeArea(page)).width).toBeGreaterThan(before.width + 200)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(details).toBeVisible()
  await page.getByRole('button', { name: 'Close the details' }).click()
  await expect(details).toHaveCount(0)
  await page.keyboard.press('i')
  await expect(details).toBeVisible()
})

test('a width that a smaller window has no room for is less there, and is back in a larger one', async ({ open }) => {
  const page = await open(session)
  const details = page.getByRole('complementary', { name: 'Details' })
  await drag(page, splitter(page, 'Width of details'), -200)
  const chosen = await widthOf(details)
  await page.setViewportSize({ width: 960, height: 700 })
  await expect.poll(() => widthOf(details)).toBeLessThan(chosen)
  await expect.poll(async () => (await timeArea(page)).width).toBeGreaterThanOrEqual(200)
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect.poll(() => widthOf(details)).toBe(chosen)
})

test('arrows on the line move it, and no row of the waterfall', async ({ open }) => {
  const page = await open(session)
  await timeArea(page)
  const rows = page.getByRole('treegrid', { name: 'Rows of the session' })
  await rows.focus()
  await page.keyboard.press('ArrowDown')
  const current = await rows.getAttribute('aria-activedescendant')
  const line = splitter(page, 'Width of the names')
  await line.focus()
  const before = Number(await line.getAttribute('aria-valuenow'))
  await page.keyboard.press('ArrowRight')
  await expect(line).toHaveAttribute('aria-valuenow', String(before + 16))
  await page.keyboard.press('End')
  await expect(rows).toHaveAttribute('aria-activedescendant', current ?? '')
})
