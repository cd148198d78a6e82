import { expectNoViolations } from '../axe-check.ts'
import { sessionId } from './fake-session.ts'
import { expect } from './page-test.ts'
import { test } from './waterfall-test.ts'

const path = `/sessions/${sessionId}`

test('keys open the tabs, and the address keeps the tab', async ({ open }) => {
  const page = await open(path)
  await page.getByRole('tab', { name: /^Turns/ }).waitFor()
  for (const [key, name] of [
    ['2', /^Findings/],
    ['3', /^Conversation/],
    ['4', /^Turns/],
    ['5', /^Logs/],
    ['6', /^Raw spans/],
    ['7', /^Receipts/],
    ['1', /^Waterfall/],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('tab', { name }).first()).toHaveAttribute('aria-selected', 'true')
  }
  await page.keyboard.press('6')
  await expect(page).toHaveURL(/tab=spans/)
  // Each tab is a step, and a link that differs in its tab alone is followed.
  await page.goBack()
  await expect(page.getByRole('tab', { name: /^Waterfall/ })).toHaveAttribute('aria-selected', 'true')
  await page.goBack()
  await expect(page.getByRole('tab', { name: /^Receipts/ })).toHaveAttribute('aria-selected', 'true')
  await page.evaluate(() => (location.hash = location.hash.replace('tab=receipts', 'tab=logs')))
  await expect(page.getByRole('tab', { name: /^Logs/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('6')
  await expect(page).toHaveURL(/tab=spans/)
  await page.reload()
  await expect(page.getByRole('tab', { name: /^Raw spans/ })).toHaveAttribute('aria-selected', 'true')
})

test('tells turn by turn what happened, down to the raw record', async ({ open, host }) => {
  const page = await open(`${path}?tab=turns`)
  const turns = page.getByRole('region', { name: 'Turns' })
  await expect(turns.getByRole('heading', { level: 2 })).toHaveText(['Turn 1', 'Turn 2', 'Turn 3'])
  await expect(turns.getByRole('img')).toHaveCount(3)
  const entry = turns.getByRole('button', { name: /npm test -- --run/ })
  await expect(entry).toContainText('ran, exit 1')
  expect(host.calls.map(({ name }) => name)).not.toContain('record.get')
  await entry.click()
  await expect(turns.getByText('"cmd": "npm test -- --run"')).toBeVisible()
  await expect(turns.getByRole('region', { name: 'Output' })).toBeVisible()
  await expect(turns.getByRole('region', { name: 'Raw JSON' })).toContainText('"eventName": "codex.tool_result"')
  await turns.getByRole('button', { name: 'Fold all', exact: true }).click()
  await expect(entry).toHaveCount(0)
})

test('leads from an entry of a turn to its row of the waterfall', async ({ open }) => {
  const page = await open(`${path}?tab=turns`)
  await page.getByRole('button', { name: /npm test -- --run/ }).click()
  await page.getByRole('button', { name: 'Show in the waterfall', exact: true }).last().click()
  await expect(page.getByRole('treegrid').locator('[aria-selected=true]')).toContainText('npm test')
})

test('lists logs page by page, and filters them by event and words', async ({ open }) => {
  const page = await open(`${path}?tab=logs`)
  const grid = page.getByRole('grid', { name: 'Log records' })
  await expect(grid).toHaveAttribute('aria-rowcount', '1201')
  await grid.focus()
  await page.keyboard.press('End')
  await expect(grid.getByText('record 1199')).toBeVisible()
  expect(await grid.getByRole('row').count()).toBeLessThan(60)
  await page.getByRole('button', { name: 'tool_result 172' }).click()
  await expect(grid).toHaveAttribute('aria-rowcount', String(1 + Math.ceil(1200 / 7)))
  await page.getByRole('textbox', { name: 'Search the logs' }).fill('record 119')
  await expect(grid).toHaveAttribute('aria-rowcount', '4')
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details.getByRole('region', { name: 'Raw JSON' })).toContainText('"eventName": "codex.tool_result"')
})

test('asks for streamed deltas only when told to', async ({ open, host }) => {
  const page = await open(`${path}?tab=logs`)
  await page.getByRole('grid').waitFor()
  const asked = () => host.calls.filter(({ name }) => name === 'session.logs').at(-1)?.params
  expect(asked()).toMatchObject({ deltas: false })
  await page.getByLabel('streamed deltas').check()
  await expect.poll(asked).toMatchObject({ deltas: true })
})

test('leads from a log record to its moment in the waterfall', async ({ open }) => {
  const page = await open(`${path}?tab=logs`)
  await page
    .getByRole('button', { name: /in the waterfall/ })
    .nth(4)
    .click()
  await expect(page.getByRole('tab', { name: /^Waterfall/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('treegrid').locator('[aria-selected=true]')).toContainText('9.1k in, 70 % cached')
})

test('sorts and filters raw spans, and shows one whole', async ({ open }) => {
  const page = await open(`${path}?tab=spans`)
  const grid = page.getByRole('grid', { name: 'Spans' })
  await expect(grid).toHaveAttribute('aria-rowcount', '1394')
  const duration = grid.getByRole('columnheader', { name: 'Duration' })
  await duration.getByRole('button').click()
  await expect(duration).toHaveAttribute('aria-sort', 'descending')
  await expect(grid.getByRole('row').nth(1)).toContainText('11 m 04 s')
  const about = page.getByRole('toolbar', { name: /^What the spans are about/ })
  const counts = (await about.locator('b').allTextContents()).map((text) => Number(text.replaceAll(',', '')))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1393)
  await about.getByRole('button', { name: /^network/ }).click()
  await expect(grid).toHaveAttribute('aria-rowcount', String(1 + (counts[1] ?? 0)))
  await page.getByRole('button', { name: 'Sums by name' }).click()
  const sums = page.getByRole('grid', { name: 'Sums by span name' })
  await expect(sums.getByRole('columnheader', { name: 'Under way' })).toHaveAttribute('aria-sort', 'descending')
  const [first] = await sums.getByRole('row').nth(1).getByRole('gridcell').allTextContents()
  await sums.getByRole('row').nth(1).click()
  await expect(grid.getByRole('row').nth(1)).toContainText(first ?? 'a name')
  await page.getByRole('button', { name: 'Show every name' }).click()
  await about.getByRole('button', { name: /^network/ }).click()
  await page.getByRole('textbox', { name: 'Filter by name' }).fill('STREAM')
  await expect(page.getByRole('status').filter({ hasText: 'spans of 1,393' })).toBeVisible()
  await expect(grid.getByRole('row').nth(1)).toContainText('stream_request')
  await grid.getByRole('row').nth(1).click()
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details.getByRole('heading', { level: 2, name: 'stream_request' })).toBeVisible()
  await details.getByRole('tab', { name: 'Attributes' }).click()
  await expect(details.getByRole('rowheader').first()).toHaveText('busy')
  await details.getByRole('tab', { name: /^Logs/ }).click()
  await expect(details.getByText('first byte')).toBeVisible()
})

test('prices each call, keeps helpers apart, and lists what has no price', async ({ open }) => {
  const page = await open(`${path}?tab=receipts`)
  const table = page.getByRole('table')
  await expect(table.getByRole('row').nth(1)).toContainText('× $5.00/M = $0.023')
  await expect(table.getByRole('row').nth(1)).toContainText('$0.032')
  await expect(table.getByRole('row').nth(2)).toContainText('unpriced: no price is known')
  await expect(table.getByRole('row').nth(3)).toContainText('sub-agent')
  await expect(page.getByRole('list', { name: 'Without a price' })).toHaveText('1 call of gpt-99: no price is known')
  await expect(page.getByText('API-equivalent estimate').first()).toBeVisible()
})

test('axe finds nothing in the tabs, and what is in the chosen share is marked', async ({ open }) => {
  const page = await open(`${path}?tab=turns&share=wait_user`)
  for (const [tab, key, ready] of [
    ['turns', '4', 'Turn 1'],
    ['logs', '5', 'record 3'],
    ['spans', '6', 'stream_request'],
    ['receipts', '7', 'unpriced: no price is known'],
  ] as const)
    await test.step(`the tab ${tab}`, async () => {
      await page.getByRole('tab', { name: /^Turns/ }).waitFor()
      await page.keyboard.press(key)
      await expect(page).toHaveURL(new RegExp(`tab=${tab}`))
      await page.getByText(ready).first().waitFor()
      if (tab === 'turns') {
        await expect(page.locator('li.marked')).toHaveCount(2)
        await page.getByRole('button', { name: /npm test -- --run/ }).click()
      } else if (tab !== 'receipts') await page.getByRole('grid').getByRole('row').nth(2).click()
      await expectNoViolations(page)
    })
})
