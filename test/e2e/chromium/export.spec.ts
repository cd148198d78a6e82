import { readFile } from 'node:fs/promises'
import { expectNoViolations } from '../axe-check.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

test('saves a session in the chosen format, with what was taken out', async ({ open, host }) => {
  const page = await open(`/sessions/${sessionId}`)
  await page.getByRole('tab', { name: /^Turns/ }).waitFor()
  await page.keyboard.press('x')
  const dialog = page.getByRole('dialog', { name: /Export “The cart total/ })
  await dialog.getByRole('radio', { name: /Perfetto/ }).check()
  await dialog.getByRole('checkbox', { name: 'Paths' }).check()
  await expect(dialog.getByText('paths as it was')).toBeVisible()
  await expect(dialog.getByText('10 places will change.')).toBeVisible()
  const saving = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe(`codex-${sessionId}.perfetto`)
  expect(JSON.parse(await readFile(await saved.path(), 'utf8'))).toEqual({ exportId: `${sessionId}.perfetto` })
  await expect(dialog.getByText('1 file handed over')).toBeVisible()
  const asked = host.calls.find(({ name }) => name === 'export.start')
  const conversation = false
  expect(asked?.params).toEqual({ id: sessionId, format: 'perfetto', redact: ['paths', 'secrets'], conversation })
})

test('takes the conversation along where one wants it, in the format that can hold it', async ({
  open,
  host,
  world,
}) => {
  world.sessions = world.sessions.map((session) => ({ ...session, witness: 'both' }))
  const page = await open(`/sessions/${sessionId}`)
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /Markdown/ }).check()
  await expect(dialog.getByRole('checkbox', { name: /Include the conversation/ })).toHaveCount(0)
  await dialog.getByRole('radio', { name: /Colophon JSON/ }).check()
  await dialog.getByRole('checkbox', { name: /Include the conversation/ }).check()
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog.getByText('1 file handed over')).toBeVisible()
  const asked = host.calls.find(({ name }) => name === 'export.start')
  expect(asked?.params).toMatchObject({ format: 'json', conversation: true })
})

test('a long export and the look before it show how far they are, and end with the dialog', async ({
  open,
  page,
  host,
}) => {
  const isPreview = (body: string | null): boolean => body?.includes('preview') === true
  const looking = { done: false, phase: 'redacting', recordsDone: 1, records: 4, bytes: 0, preview: null }
  const writing = { ...looking, phase: 'writing', recordsDone: 430, records: 1000, bytes: 12_000_000 }
  let isLookLong = true
  await page.route('**/api/export.progress', (route) => {
    const previews = isPreview(route.request().postData())
    if (previews && !isLookLong) return route.fallback()
    return route.fulfill({ json: { ok: true, value: previews ? looking : writing } })
  })
  await open(`/sessions/${sessionId}`)
  await page.getByRole('button', { name: 'Export' }).click()
  await expect(page.getByRole('progressbar', { name: 'Searched' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect.poll(() => host.calls).toContainEqual({ name: 'export.end', params: { exportId: 'preview secrets' } })

  isLookLong = false
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog.getByText(/^Writing, 430 of 1,000 records, 1\d(\.\d)? M/)).toBeVisible()
  await expect(dialog.getByRole('progressbar', { name: 'Exported' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByText('Cancelled. Nothing was saved.')).toBeVisible()
  const exportId = `${sessionId}.json`
  await expect.poll(() => host.calls).toContainEqual({ name: 'export.end', params: { exportId } })
  expect(host.calls.some(({ name }) => name === 'export.read')).toBe(false)
})

test('the dialog has nothing that axe finds, and keys of the session rest while it is open', async ({ open }) => {
  const page = await open(`/sessions/${sessionId}`)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByText('secrets as it was').waitFor()
  await expectNoViolations(page)
  await page.keyboard.press('2')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('tab', { name: /^Waterfall/ })).toHaveAttribute('aria-selected', 'true')
})

test('saves many sessions, says which could not be, and axe finds nothing where they are marked', async ({
  open,
  page,
  world,
}) => {
  const [broken] = world.sessions
  await page.route('**/api/export.start', (route) =>
    route
      .request()
      .postData()
      ?.includes(broken?.id ?? '')
      ? route.fulfill({ json: { ok: false, error: { code: 'unavailable', message: '4 exports are running' } } })
      : route.fallback(),
  )
  await open('/sessions')
  const boxes = page.getByRole('checkbox')
  await boxes.nth(0).click()
  await boxes.nth(2).click({ modifiers: ['Shift'] })
  await expect(page.getByText('3 sessions marked')).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('x')
  const dialog = page.getByRole('dialog', { name: 'Export 3 sessions' })
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog.getByText('2 files handed over')).toBeVisible()
  await expect(dialog.getByRole('alert')).toContainText('4 exports are running')
})

test('imports files that are chosen, asks before one adds to what was received, and opens the session', async ({
  open,
  host,
}) => {
  const page = await open('/sessions')
  await page.getByRole('button', { name: 'Import…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import' })
  await expectNoViolations(page)
  const choose = () =>
    dialog
      .getByLabel('Files to import')
      .setInputFiles([{ name: 'touching.json', mimeType: 'application/json', buffer: Buffer.from('{}') }])
  await choose()
  await expect(dialog.getByRole('alert')).toContainText('records of 1 session that Colophon received itself')
  await expect(dialog.getByRole('alert')).toContainText('gnp \\u202etxt')
  await dialog.getByRole('button', { name: 'Do not import' }).press('Enter')
  await expect(dialog.getByRole('alert')).toBeHidden()

  await choose()
  await dialog.getByRole('button', { name: 'Import anyway' }).press('Enter')
  await expect(dialog.getByText('12 spans, 3 log records; 2 already known')).toBeVisible()
  const imports = () => host.calls.filter(({ name }) => name === 'import.files').map(({ params }) => params)
  expect(imports()).toMatchObject([{ intoReceived: false }, { intoReceived: false }, { intoReceived: true }])

  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.getByRole('button', { name: 'Import…' }).click()
  await dialog.getByLabel('Files to import').setInputFiles([
    { name: 'one.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') },
    { name: 'other.txt', mimeType: 'text/plain', buffer: Buffer.from('no') },
  ])
  await expect(dialog.getByText('line 3, column 7: not JSON')).toBeVisible()
  await expect(dialog.getByText('12 spans, 3 log records; 2 already known')).toBeVisible()
  expect(imports().at(-1)).toMatchObject({
    files: [{ name: 'one.json', base64: Buffer.from('{"a":1}').toString('base64') }, { name: 'other.txt' }],
  })
  await dialog.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('The cart total')
})

test('takes files that are dropped anywhere, and cancels on demand', async ({ open, page, host }) => {
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/api/import.files', async (route) => {
    await held
    await route.fulfill({ json: { ok: true, value: { cancelled: true, files: [], touches: [] } } })
  })
  await open('/health')
  const files = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['{}'], 'dropped.json'))
    return data
  })
  await page.locator('main').dispatchEvent('dragenter', { dataTransfer: files })
  await expect(page.getByText('Drop to import')).toBeVisible()
  await page.locator('main').dispatchEvent('drop', { dataTransfer: files })
  const dialog = page.getByRole('dialog', { name: 'Import' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => host.calls.map(({ name }) => name)).toContain('import.cancel')
  release()
  await expect(dialog.getByText('Cancelled. Nothing was kept.')).toBeVisible()
  await expect(page.getByText('Drop to import')).toHaveCount(0)
})
