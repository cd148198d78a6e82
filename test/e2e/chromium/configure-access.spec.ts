import { expect } from '@playwright/test'
import { expectNoViolations } from '../axe-check.ts'
import { editorOf, testOfFile as test } from './configure-host.ts'

test('axe finds nothing in the configuration', async ({ codexHome, open }) => {
  codexHome.write(
    '# mine\nmodel = "gpt" # which\n[otel]\nexporter = { otlp-http = { endpoint = "http://127.0.0.1:1", protocol = "json" } }\n',
  )
  const page = await open('/configure')
  await expect(page.getByRole('article')).not.toHaveCount(0)
  for (const summary of await page.locator('details > summary').all()) await summary.click()
  await page.getByLabel('Environment', { exact: true }).fill('lab')
  await page.getByLabel(/^Traces/).selectOption('grpc')
  await expect(page.getByText('exactly 2 keys differ')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog').getByText('Exactly 2 keys differ')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Write config.toml' }).click()
  await expect(page.getByText('2 keys written.')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Folder' }).click()
  await page.getByLabel('Another folder, as an absolute path').waitFor()
  await expectNoViolations(page)
})

test('axe finds nothing where the file does not parse', async ({ codexHome, open }) => {
  codexHome.write('[otel\n')
  const page = await open('/configure')
  await expect(page.getByText(/^Line 1 does not parse/)).toBeVisible()
  await expectNoViolations(page)
})

test('everything is reached by keyboard: the editor lets Tab through, and Ctrl S saves from anywhere', async ({
  codexHome,
  open,
}) => {
  codexHome.write('# mine\n')
  const page = await open('/configure')
  await page.getByLabel('Environment', { exact: true }).fill('lab')
  await expect(page.getByText('exactly 1 key differs')).toBeVisible()
  await editorOf(page).focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Discard' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page.getByRole('dialog', { name: 'Save config.toml' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})
