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
