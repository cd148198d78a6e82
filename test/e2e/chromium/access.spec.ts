import { expectNoViolations } from '../axe-check.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

const places = [
  { name: 'the sessions', path: '/sessions', ready: 'treegrid' },
  { name: 'a session', path: `/sessions/${sessionId}`, ready: 'treegrid' },
  { name: 'a row', path: `/sessions/${sessionId}?row=tool_call-10&raw=api_call-2`, ready: 'tabpanel' },
  { name: 'health', path: '/health', ready: 'table' },
  { name: 'the settings', path: '/settings', ready: 'radiogroup' },
] as const

for (const { name, path, ready } of places) {
  test(`axe finds nothing in ${name}`, async ({ open }) => {
    const page = await open(path)
    await page.getByRole(ready).first().waitFor()
    await expectNoViolations(page)
  })
}

test('axe finds nothing in the logs and the raw JSON of a row', async ({ open }) => {
  const page = await open(`/sessions/${sessionId}?row=tool_call-10`)
  const details = page.getByRole('complementary', { name: 'Details' })
  await details.getByRole('tab', { name: /Logs/ }).click()
  await page.getByRole('button', { name: /codex.tool_decision/ }).click()
  await expectNoViolations(page)
  await page.getByRole('tab', { name: 'Raw JSON' }).click()
  await expectNoViolations(page)
})

test('axe finds nothing in the guide and in the list of keys', async ({ world, open }) => {
  world.sessions = []
  const page = await open('/sessions')
  await page.getByRole('heading', { name: 'See how your Codex sessions were made' }).waitFor()
  await expectNoViolations(page)
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await expectNoViolations(page)
})

test('a link without its token leads to a page that says how to get one', async ({ page, host }) => {
  await page.goto(host.url)
  await expect(page.getByRole('heading', { name: 'This link is not valid any more' })).toBeVisible()
  await expect(page.getByText('#token=…')).toBeVisible()
  await expectNoViolations(page)
})

test('the token leaves the address, and a reload keeps it', async ({ open }) => {
  const page = await open('/')
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('radiogroup')).toBeVisible()
  expect(page.url()).not.toContain('token')
  await page.reload()
  await expect(page.getByRole('radiogroup')).toBeVisible()
})
