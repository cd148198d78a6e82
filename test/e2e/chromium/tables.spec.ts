import { sessionId } from './fake-session.ts'
import { expect, test } from './waterfall-test.ts'

const path = `/sessions/${sessionId}`

test('a long table is gone through by keys under a head that stays, and Escape leaves what was opened and no more', async ({
  open,
}) => {
  const page = await open(`${path}?tab=spans`)
  const grid = page.getByRole('grid', { name: 'Spans' })
  await grid.focus()
  await page.keyboard.press('End')
  const last = grid.locator('[aria-rowindex="1394"]')
  await expect(last).toBeInViewport({ ratio: 1 })
  await expect(grid).toHaveAttribute('aria-activedescendant', (await last.getAttribute('id')) ?? 'none')
  await expect(grid.getByRole('columnheader', { name: 'Duration' })).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('PageUp')
  await page.keyboard.press('ArrowUp')
  const current = await grid.getAttribute('aria-activedescendant')
  await page.keyboard.press('Enter')
  await expect(grid.locator(`#${current}`)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(grid.locator('[aria-selected=true]')).toHaveCount(0)
  await expect(grid).toHaveAttribute('aria-activedescendant', current ?? 'none')
  await page.keyboard.press('Home')
  await expect(grid.locator('[aria-rowindex="2"]')).toBeInViewport({ ratio: 1 })
})

test('no element of a table is moved while it is scrolled, and once it rests they are in the order of their rows', async ({
  open,
}) => {
  const page = await open(`${path}?tab=spans`)
  const grid = page.getByRole('grid', { name: 'Spans' })
  await expect(grid.locator('[aria-rowindex="2"]')).toBeVisible()
  const moved = await grid.evaluate(async (table) => {
    const rows = table.querySelector('.space')
    if (rows === null) throw new Error('There are no rows.')
    const removed: Node[] = []
    const watch = new MutationObserver((changes) => removed.push(...changes.flatMap((one) => [...one.removedNodes])))
    watch.observe(rows, { childList: true })
    // Between two frames of a busy machine the rows may rest for as long as it takes to be called that: nothing is, until this is over.
    const later = window.setTimeout.bind(window)
    const held: (() => void)[] = []
    const hold = (call: () => void, ms = 0): number => (ms < 100 ? later(call, ms) : -held.push(call))
    Object.assign(window, { setTimeout: hold })
    for (let frame = 0; frame < 40; frame++) {
      table.scrollTop += 90
      await new Promise((done) => requestAnimationFrame(done))
    }
    watch.disconnect()
    Object.assign(window, { setTimeout: later })
    for (const call of held) call()
    return removed.filter((node) => node instanceof Element && node.role === 'row').length
  })
  expect(moved).toBe(0)
  const indexes = (): Promise<number[]> =>
    grid
      .locator('[aria-rowindex]')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))).slice(1))
  await expect.poll(async () => (await indexes())[0]).toBeGreaterThan(20)
  await expect
    .poll(async () => {
      const found = await indexes()
      return found.every((index, at) => index === (found[0] ?? 0) + at)
    })
    .toBe(true)
})

test('what a cell has no room for is told by its title', async ({ open }) => {
  const page = await open(`${path}?tab=logs`)
  const cell = page.getByRole('grid').getByRole('row').nth(1).getByRole('gridcell').nth(3)
  await expect(cell).toHaveAttribute('title', await cell.innerText())
  await expect(cell).toHaveCSS('text-overflow', 'ellipsis')
})

test('figures of a table stand below each other, at the right of their columns', async ({ open }) => {
  const page = await open('/health')
  const table = page.getByRole('table', { name: 'Received, by signal' })
  const rights = await table
    .getByRole('row')
    .evaluateAll((rows) => rows.map((row) => Math.round([...row.children].at(4)?.getBoundingClientRect().right ?? 0)))
  expect(rights).toHaveLength(4)
  expect(new Set(rights).size).toBe(1)
  await expect(table.getByRole('cell').nth(3)).toHaveCSS('text-align', 'right')
})
