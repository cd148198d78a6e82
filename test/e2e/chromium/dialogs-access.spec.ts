import { expectNoViolations, expectNoViolationsInMenu } from '../axe-check.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

test('axe finds nothing in the palette, with and without a match, and in About', async ({ open }) => {
  const page = await open('/sessions')
  await page.getByRole('treegrid').waitFor()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').nth(12)).toBeAttached()
  await expectNoViolations(page)
  await page.keyboard.insertText('nothing is called so')
  // What it leads to with any words is all that is left, once the typing rests.
  await expect(page.getByRole('option')).toHaveText([/Search everything for “nothing is called so”/])
  await expectNoViolations(page)
  await page.getByRole('combobox', { name: 'Go to' }).fill('about colophon')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'About Colophon' }).waitFor()
  await expectNoViolations(page)
})

test('axe finds nothing in the columns and filters of the sessions', async ({ open }) => {
  const page = await open('/sessions')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox').first().waitFor()
  await expectNoViolationsInMenu(page)
  await page.keyboard.press('Escape')
  await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Model' }).click()
  await page.getByPlaceholder('Search model').waitFor()
  await expectNoViolations(page)
})

test('axe finds nothing where a session is chosen to compare with', async ({ open }) => {
  const page = await open(`/sessions/${sessionId}`)
  await page.getByRole('button', { name: 'Compare…' }).click()
  await page.getByRole('dialog', { name: 'Compare with' }).getByRole('listitem').first().waitFor()
  await expectNoViolations(page)
})

test('axe finds nothing in the attributes of a row', async ({ open }) => {
  const page = await open(`/sessions/${sessionId}?row=tool_call-10`)
  const details = page.getByRole('complementary', { name: 'Details' })
  await details.getByRole('tab', { name: 'Attributes' }).click()
  await details.getByRole('rowheader').first().waitFor()
  await expectNoViolations(page)
})

test('axe finds nothing in any section of the settings, opened, and in their dialogs', async ({ open }) => {
  const page = await open('/settings')
  await page.getByText('TLS and what browsers may do').click()
  await page.getByLabel('Bearer token').check()
  await page.getByRole('button', { name: 'Add a price' }).click()
  for (const name of ['Theme', 'Receivers', 'Retention and storage', 'Privacy', 'Forwarding', 'Prices'])
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
  await expectNoViolations(page)
  for (const name of ['Back up…', 'Delete everything…']) {
    await page.getByRole('button', { name }).click()
    await page.getByRole('dialog').waitFor()
    await expectNoViolations(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})
