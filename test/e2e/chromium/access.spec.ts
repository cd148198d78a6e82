import type { Locator, Page } from '@playwright/test'
import { expectNoViolations } from '../axe-check.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

/** One after another in one page, each with what is there when it is. */
const places: readonly { name: string; path: string; ready: (page: Page) => Locator }[] = [
  { name: 'the sessions', path: '/sessions', ready: (page) => page.getByRole('treegrid') },
  {
    name: 'a session',
    path: `/sessions/${sessionId}`,
    ready: (page) => page.getByRole('treegrid', { name: 'Rows of the session' }),
  },
  { name: 'health', path: '/health', ready: (page) => page.getByRole('table').first() },
  {
    name: 'a row',
    path: `/sessions/${sessionId}?row=tool_call-10&raw=api_call-2`,
    ready: (page) => page.getByRole('heading', { level: 2, name: 'exec_command' }),
  },
  { name: 'the settings', path: '/settings', ready: (page) => page.getByRole('radiogroup').first() },
]

test(`axe finds nothing in ${places.map(({ name }) => name).join(', ')}`, async ({ open }) => {
  const page = await open('/sessions')
  for (const { name, path, ready } of places)
    await test.step(name, async () => {
      await page.evaluate((hash) => (location.hash = hash), path)
      await ready(page).waitFor()
      await expectNoViolations(page)
    })
})

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
  await expect(page.getByRole('heading', { name: 'This link is no longer valid' })).toBeVisible()
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
