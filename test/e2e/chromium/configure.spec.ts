import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { confirm, editorOf, test as alone, testOfFile as test, writeBehind } from './configure-host.ts'

const mine = '# mine\r\nmodel = "gpt-5.5" # favourite\r\n\r\n[otel]\r\n# private\r\nlog_user_prompt = false'

test('one click shows the difference, writes it, and undo gives the same bytes back', async ({ codexHome, open }) => {
  codexHome.write(`\uFEFF${mine}`)
  const before = readFileSync(codexHome.file)
  const page = await open('/configure')
  await page.getByRole('button', { name: 'Configure Codex' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Exactly 4 keys differ')).toBeVisible()
  await expect(dialog.getByText(/^\+trace_exporter = \{ otlp-http.*\/v1\/traces/)).toBeVisible()
  expect(readFileSync(codexHome.file).equals(before)).toBe(true)
  await confirm(page)

  await expect(page.getByText('4 keys written.')).toBeVisible()
  await expect(page.getByText('codex app-server daemon restart')).toBeVisible()
  expect(codexHome.read()).toContain('# private\r\nlog_user_prompt = false\r\n')
  await expect(page.getByText('No problems found in this file.')).toBeVisible()

  await page.getByRole('button', { name: 'Undo' }).click()
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('4 keys written.')).toBeHidden()
  expect(readFileSync(codexHome.file).equals(before)).toBe(true)
})

alone('the form makes a folder and a file that are not there', async ({ codexHome, open, host }) => {
  const page = await open('/configure')
  await page.getByRole('button', { name: 'Folder' }).click()
  const folder = join(codexHome.folder, 'new')
  await page.getByLabel('Another folder, as an absolute path').fill(folder)
  await page.getByRole('button', { name: 'Use' }).click()
  await expect(page.getByText('does not exist yet')).toBeVisible()
  // For whoever would rather change no file.
  await expect(page.getByRole('button', { name: 'as flags of codex' })).toBeVisible()
  await page.getByText('With environment variables, or flags').click()
  await expect(page.getByText(/^codex\(\) \{ command codex --config .* "\$@"; \}$/)).toBeVisible()
  await expect(page.getByRole('row', { name: /OTEL_EXPORTER_OTLP_COMPRESSION/ })).toContainText('do not set')
  await page.getByLabel(/^Logs/).selectOption('http')
  await expect(editorOf(page)).toContainText('/v1/logs')
  await expect(page.getByText('this app')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await confirm(page)
  await expect(page.getByText('The file is new.')).toBeVisible()
  expect(readFileSync(join(folder, 'config.toml'), 'utf8')).toMatch(/^\[otel\]\nexporter = \{ otlp-http = /)
  expect(existsSync(codexHome.file)).toBe(false)
  const { values } = await host.call('config.read', { codexHome: folder })
  expect(Object.keys(values)).toEqual(['exporter'])
})

test('form and text change the same document, and its comments stay', async ({ codexHome, open }) => {
  codexHome.write(mine)
  const page = await open('/configure')
  await page.getByLabel('Environment', { exact: true }).fill('lab')
  await page.getByRole('switch', { name: 'Every streamed piece' }).click()
  await expect(editorOf(page)).toContainText('environment = "lab"')
  await expect(editorOf(page)).toContainText('log_sse_deltas = false')

  await writeBehind(page, 'log_user_prompt', '\nlog_agent_responses = true')
  await expect(page.getByRole('switch', { name: 'Final answers' })).toBeChecked()
  await expect(page.getByText('exactly 3 keys differ')).toBeVisible()

  // Half a word does not parse, and does not empty the form.
  await page.keyboard.insertText('\nhalf')
  await expect(page.getByText(/does not parse/)).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Final answers' })).toBeChecked()
  await expect(page.getByRole('switch', { name: 'Final answers' })).toBeDisabled()
  for (const _ of '\nhalf') await page.keyboard.press('Backspace')
  await expect(page.getByText('exactly 3 keys differ')).toBeVisible()

  await page.keyboard.press('ControlOrMeta+s')
  await confirm(page)
  await expect(page.getByText('3 keys written.')).toBeVisible()
  const text = codexHome.read()
  expect(text.startsWith(mine)).toBe(true)
  expect(text).not.toMatch(/[^\r]\n/)
  await expect(page.getByText('nothing changed')).toBeVisible()
  await page.getByLabel('Environment', { exact: true }).fill('other')
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByLabel('Environment', { exact: true })).toHaveValue('lab')
})

test('a file that does not parse is shown with its line, and written only when the text is mended', async ({
  codexHome,
  open,
}) => {
  const broken = '# mine\n[otel]\nexporter = { otlp-http = \n'
  codexHome.write(broken)
  const page = await open('/configure')
  await expect(page.getByText(/^Line 3 does not parse/)).toBeVisible()
  await expect(page.locator('.cm-lintRange-error').first()).toBeVisible()
  await expect(page.getByLabel(/^Logs/)).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await page.getByRole('button', { name: 'Configure Codex' }).click()
  await expect(page.getByRole('dialog').getByText(/does not parse, so nothing was written/)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(codexHome.read()).toBe(broken)

  await writeBehind(page, 'exporter =', '{ endpoint = "http://127.0.0.1:1/v1/logs", protocol = "binary" } }')
  await expect(page.getByLabel('Endpoint for logs')).toHaveValue('http://127.0.0.1:1/v1/logs')
  await page.getByRole('button', { name: 'Save' }).click()
  await confirm(page)
  await expect(page.getByText('1 key written.')).toBeVisible()
  expect(codexHome.read()).toMatch(/^# mine\n\[otel\]\nexporter = \{ otlp-http = +\{ endpoint/)
})

test('a value that keeps Codex from starting is marked, and written only against the warning', async ({
  codexHome,
  open,
}) => {
  codexHome.write(mine)
  const page = await open('/configure')
  await writeBehind(page, 'log_user_prompt', '\nlog_sse_deltas = "no"')
  await expect(page.getByText(/Codex would not start: otel.log_sse_deltas/)).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText('would not start')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(codexHome.read()).toBe(mine)
})

test('a file that is changed while its difference is shown is not written: the plan is made anew', async ({
  codexHome,
  open,
}) => {
  codexHome.write('# mine\n')
  const page = await open('/configure')
  await page.getByRole('button', { name: 'Configure Codex' }).click()
  await expect(page.getByText('Exactly 4 keys differ')).toBeVisible()
  const theirs = '# mine\n[otel]\nenvironment = "theirs"\n'
  codexHome.write(theirs)
  await confirm(page)
  await expect(page.getByText('The file has changed, so nothing was written.')).toBeVisible()
  await expect(page.getByText('Exactly 3 keys differ')).toBeVisible()
  expect(codexHome.read()).toBe(theirs)
  await confirm(page)
  await expect(page.getByText('3 keys written.')).toBeVisible()
  expect(codexHome.read()).toContain('environment = "theirs"')
})

test('edits are kept when another program changes the file, and can be made again in its text', async ({
  codexHome,
  open,
}) => {
  codexHome.write('# mine\n')
  const page = await open('/configure')
  await page.getByLabel('Environment', { exact: true }).fill('lab')
  await expect(page.getByText('exactly 1 key differs')).toBeVisible()
  codexHome.write('# theirs\n')
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByText('Another program has changed config.toml.')).toBeVisible()
  await expect(editorOf(page)).toContainText('# mine')
  await page.getByRole('button', { name: 'Use its text with my [otel]' }).click()
  await expect(editorOf(page)).toContainText('# theirs')
  await expect(editorOf(page)).toContainText('environment = "lab"')
  await expect(page.getByText('exactly 1 key differs')).toBeVisible()
})

test('a finding shows what its fix changes, and the fix mends it', async ({ codexHome, open }) => {
  codexHome.write('[otel]\nexporter = { otlp-http = { endpoint = "http://127.0.0.1:1/v1/logs" } }\n')
  const page = await open('/configure')
  const card = page.getByRole('article').filter({ hasText: 'protocol is missing' })
  await card.getByText('What the fix changes').click()
  await expect(card.getByText(/^\+exporter = .*protocol = "binary"/)).toBeVisible()
  await card.getByRole('button', { name: 'Fix' }).click()
  await confirm(page)
  await expect(page.getByText('1 key written.')).toBeVisible()
  await expect(card).toBeHidden()
  expect(codexHome.read()).toContain('protocol = "binary"')
})

test('headers are hidden until somebody asks, and stay out of the list of effective values', async ({
  codexHome,
  open,
}) => {
  codexHome.write(
    '[otel]\nexporter = { otlp-grpc = { endpoint = "http://127.0.0.1:1", headers = { x-key = "s3cret" } } }\n',
  )
  const page = await open('/configure')
  await page.getByText('Headers and TLS: 1 header').click()
  const value = page.getByLabel('Value of header for logs 1', { exact: true })
  await expect(value).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Show the value of header for logs 1' }).click()
  await expect(value).toHaveAttribute('type', 'text')
  await page.getByText('Effective values, and what sets them').click()
  const row = page.getByRole('row').filter({ hasText: 'otlp-grpc' })
  await expect(row).toContainText('•••')
  await expect(row).not.toContainText('s3cret')
  await expect(row).toContainText('your file')
})

test('a preset asks for what only its user knows, and cannot be saved before', async ({ codexHome, open }) => {
  codexHome.write('# mine\n')
  const page = await open('/configure')
  await page.getByRole('button', { name: 'Preset' }).click()
  await page.getByRole('menuitem', { name: /SigNoz/ }).click()
  const blanks = page.getByRole('form', { name: 'To fill in' })
  await expect(page.getByText('Fill in first: region, ingestion key')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await blanks.getByLabel('region').fill('eu')
  await blanks.getByLabel('region').press('Enter')
  await expect(editorOf(page)).toContainText('https://ingest.eu.signoz.cloud:443/v1/traces')
  await expect(blanks.getByLabel('ingestion key')).toHaveAttribute('type', 'password')
  await blanks.getByLabel('ingestion key').fill('a-key')
  await blanks.getByLabel('ingestion key').press('Enter')
  await expect(blanks).toBeHidden()
  await page.getByRole('button', { name: 'Save' }).click()
  await confirm(page)
  await expect(page.getByText('3 keys written.')).toBeVisible()
  expect(codexHome.read().match(/signoz-ingestion-key = "a-key"/g)).toHaveLength(3)
})

alone(
  'the lights wait after configuring, and turn on with the first signal of each kind',
  async ({ codexHome, host, open }) => {
    codexHome.write('# mine\n')
    await host.feed('06_slow')
    const page = await open('/configure')
    const lights = page.getByRole('list', { name: 'Signals received' })
    await expect(lights.getByText('waiting')).toHaveCount(0)
    await page.getByRole('button', { name: 'Configure Codex' }).click()
    await confirm(page)
    await expect(lights.getByText('waiting')).toHaveCount(3)
    await host.feed('02_classic')
    await expect(lights.getByText('waiting')).toHaveCount(0)
    await expect(lights.getByText(/record/)).toBeVisible()
  },
)

alone('the guide configures Codex as well, and leaves the prompts as they are', async ({ codexHome, open }) => {
  codexHome.write('[otel]\nlog_user_prompt = true\n')
  const page = await open('/sessions')
  await expect(page.getByLabel('with your prompts')).not.toBeChecked()
  await page.getByText('By hand instead').click()
  await expect(page.getByText(codexHome.file).first()).toBeVisible()
  await page.getByRole('button', { name: 'Configure Codex' }).click()
  await confirm(page)
  await expect(page.getByText('codex app-server daemon restart')).toBeVisible()
  expect(codexHome.read()).toMatch(/^log_user_prompt = true$/m)
  expect(codexHome.read()).toMatch(/^metrics_exporter = /m)
  await expect(page.getByRole('heading', { name: 'Tell Codex where to send' }).getByRole('img')).toHaveAccessibleName(
    'done',
  )
})
