import { expectNoViolations } from '../axe-check.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

test('compares the two sessions that are marked', async ({ open }) => {
  const page = await open('/sessions')
  const grid = page.getByRole('treegrid', { name: 'Sessions' })
  await grid.getByRole('checkbox', { name: /The cart total/ }).click()
  const compare = page.getByRole('button', { name: 'Compare', exact: true })
  await expect(compare).toBeDisabled()
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByText('2 sessions marked')).toBeVisible()
  await compare.click()
  await expect(page).toHaveURL(new RegExp(`/compare\\?.*${sessionId}`))
  await expect(page.getByRole('region', { name: 'Side A' }).getByRole('img')).toHaveAccessibleName(/waiting for you/)
  await page.goBack()
  await expect(page.getByText('2 sessions marked')).toBeVisible()
})

test('picks the other session from the head of one', async ({ open }) => {
  const page = await open(`/sessions/${sessionId}`)
  await page.getByRole('button', { name: 'Compare…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare with' })
  await dialog.getByRole('textbox').fill('dark theme')
  await dialog
    .getByRole('button', { name: /Add a dark theme/ })
    .first()
    .click()
  await expect(page.getByRole('table', { name: 'Biggest differences first' })).toBeVisible()
})

test('shows figures with their differences, tools, models and turns', async ({ open, world }) => {
  const other = world.sessions.find(({ id }) => id !== sessionId)?.id ?? ''
  const page = await open(`/compare?a=${sessionId}&b=${other}`)
  const differences = page.getByRole('table', { name: 'Biggest differences first' })
  await expect(differences.getByRole('row').nth(1)).toContainText('wall time11 m 04 s5 m 32 s−5 m 32 s−50 %')
  await expect(differences.getByRole('row').nth(2)).toContainText('waiting for you')
  await expect(differences.getByRole('row').nth(3)).toContainText('+$0.030')
  await expect(page.getByRole('table', { name: 'Tools' })).toContainText('apply_patch')
  await expect(page.getByRole('table', { name: /^Turns/ })).toContainText('no such turn')
})

test('compares one turn with another, and swaps the sides', async ({ open, world }) => {
  const other = world.sessions.find(({ id }) => id !== sessionId)?.id ?? ''
  const page = await open(`/compare?a=${sessionId}&b=${other}`)
  await page.getByLabel('What of A to compare').selectOption('2')
  await expect(page).toHaveURL(/at=2/)
  const shares = page.getByRole('table', { name: 'Where the time went' })
  await expect(shares.getByRole('row').nth(1)).toContainText('5 m 59 s')
  await page.getByRole('button', { name: 'Swap' }).click()
  await expect(page).toHaveURL(new RegExp(`b=${sessionId}`))
})

test('axe finds nothing in the comparison', async ({ world, open }) => {
  const other = world.sessions.find(({ id }) => id !== sessionId)?.id ?? ''
  const page = await open(`/compare?a=${sessionId}&b=${other}`)
  await page.getByRole('table', { name: 'Tools' }).waitFor()
  await expectNoViolations(page)
})
