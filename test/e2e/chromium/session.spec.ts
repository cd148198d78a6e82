import type { Locator, Page } from '@playwright/test'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

const path = `/sessions/${sessionId}`
const rowsOf = (page: Page): Locator => page.getByRole('treegrid', { name: 'Rows of the session' })

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
  await head.getByRole('button', { name: 'run again' }).click()
  await expect(head.getByRole('button', { name: 'Copied' })).toBeVisible()
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

test('says so when the session is not there', async ({ page, host, open }) => {
  void host
  await page.route('**/api/session.get', (route) =>
    route.fulfill({ json: { ok: false, error: { code: 'not_found', message: 'There is no such session.' } } }),
  )
  await open('/sessions/none')
  await expect(page.getByRole('heading', { name: 'Session not found' })).toBeVisible()
})
