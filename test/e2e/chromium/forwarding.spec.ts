import type { Page } from '@playwright/test'
import { defaultBound, type DestinationShown, type ForwardLane } from '../../../src/contract/forwarding.ts'
import { expectNoViolations } from '../axe-check.ts'
import { presentMs } from './fake-answers.ts'
import { expect, test } from './page-test.ts'

const team: DestinationShown = {
  id: 'team',
  name: 'Team collector',
  enabled: true,
  protocol: 'http',
  url: 'https://otel.example.org/otlp',
  signals: ['traces', 'logs'],
  compression: 'gzip',
  headers: [{ name: 'authorization', masked: '••••42' }],
  caFile: null,
  certFile: null,
  keyFile: null,
  timeoutS: 10,
}

const lane: ForwardLane = {
  destination: 'team',
  name: 'Team collector',
  signal: 'traces',
  state: 'failing',
  queued: 12_400,
  queuedRequests: 26,
  queuedBytes: 612_000,
  oldestMs: presentMs - 200_000,
  sent: 991_000,
  sentRequests: 1940,
  lastSentMs: presentMs - 200_000,
  refused: 3,
  lastRefusedMs: presentMs - 900_000,
  refusal: 'answered 400 Bad Request: too old',
  dropped: 512,
  droppedBytes: 18_944,
  droppedFromMs: presentMs - 90_000_000,
  droppedToMs: presentMs - 89_000_000,
  error: 'connect ECONNREFUSED 192.0.2.7:443',
  nextTryMs: presentMs + 16_000,
}

const idle: ForwardLane = {
  ...lane,
  signal: 'logs',
  state: 'idle',
  queued: 0,
  queuedRequests: 0,
  queuedBytes: 0,
  oldestMs: null,
  refused: 0,
  refusal: null,
  dropped: 0,
  error: null,
  nextTryMs: null,
}

async function withDestination(page: Page): Promise<void> {
  const answer = (name: string, value: unknown): Promise<unknown> =>
    page.route(`**/api/${name}`, (route) => route.fulfill({ json: { ok: true, value } }))
  await answer('forward.list', { destinations: [team], bound: defaultBound })
  await answer('forward.state', { lanes: [lane, idle], spoolBytes: 612_000, bound: defaultBound })
}

/** What the page sends for a procedure; it is answered with the value. */
async function caught(page: Page, name: string, value: unknown): Promise<readonly unknown[]> {
  const sent: unknown[] = []
  await page.route(`**/api/${name}`, (route) => {
    sent.push(route.request().postDataJSON())
    return route.fulfill({ json: { ok: true, value } })
  })
  return sent
}

test('without a destination the settings and Health say what one does', async ({ open, page }) => {
  await open('/settings')
  await expect(page.getByText('A new one gets what is received from then on')).toBeVisible()
  await page.getByRole('link', { name: 'Health' }).click()
  await expect(page.getByText('Nothing is forwarded.')).toBeVisible()
})

test('a preset fills the form, a test shows each answer, and what was filled in is saved', async ({ open, page }) => {
  await open('/settings')
  const saved = await caught(page, 'forward.save', team)
  await caught(page, 'forward.test', {
    answers: [
      { signal: 'traces', ok: true, message: '', durationMs: 31 },
      { signal: 'logs', ok: false, message: 'answered 404 Not Found', durationMs: 12 },
    ],
  })
  await page.getByRole('button', { name: 'Add a destination' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Add a destination' })
  await dialog.getByRole('radio', { name: 'Grafana Cloud' }).check({ force: true })
  await expect(dialog.getByLabel('URL')).toHaveValue('https://otlp-gateway-ZONE.grafana.net/otlp')
  await dialog.getByLabel('URL').fill('https://otlp-gateway-eu.grafana.net/otlp')
  await dialog.getByLabel('Value of authorization').fill('Basic abc')
  await dialog.getByRole('checkbox', { name: 'metrics' }).uncheck()
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog.getByText('accepted an empty request · 31 ms')).toBeVisible()
  await expect(dialog.getByText('answered 404 Not Found · 12 ms')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => saved[0])
    .toMatchObject({
      name: 'Grafana Cloud',
      url: 'https://otlp-gateway-eu.grafana.net/otlp',
      signals: ['traces', 'logs'],
      headers: [{ name: 'authorization', value: 'Basic abc' }],
    })
  await expect(dialog).toBeHidden()
})

test('an edit keeps the header values that it does not touch', async ({ open, page }) => {
  await withDestination(page)
  await open('/settings')
  const saved = await caught(page, 'forward.save', team)
  await page.getByRole('button', { name: 'Edit Team collector' }).click()
  const dialog = page.getByRole('dialog', { name: 'Forward to Team collector' })
  await expect(dialog.getByLabel('Value of authorization')).toHaveAttribute('placeholder', '••••42 (kept)')
  await dialog.getByLabel('Name', { exact: true }).fill('The team')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => saved[0])
    .toMatchObject({
      id: 'team',
      name: 'The team',
      headers: [{ name: 'authorization', value: null }],
    })
})

test('a destination is removed after a question, and the bound is changed', async ({ open, page }) => {
  await withDestination(page)
  await open('/settings')
  const removed = await caught(page, 'forward.remove', {})
  const bound = await caught(page, 'forward.bound', {})
  await page.getByRole('spinbutton', { name: 'MiB and' }).fill('256')
  await page.getByRole('region', { name: 'Forwarding' }).getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => bound[0]).toEqual({ maxBytes: 268_435_456, maxAgeHours: 168 })
  await page.getByRole('button', { name: 'Remove Team collector' }).click()
  await expect(page.getByText('What is waiting will be dropped.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect.poll(() => removed[0]).toEqual({ id: 'team' })
})

test('Health shows how far behind a destination is, why, and what it lost', async ({ open, page }) => {
  await withDestination(page)
  await open('/health')
  const table = page.getByRole('table', { name: 'Forwarding, by destination' })
  await expect(
    table.getByRole('row', { name: /Team collector traces failing 12\.4k records, 3 m 2\d s/ }),
  ).toBeVisible()
  await expect(table.getByText(/^connect ECONNREFUSED 192\.0\.2\.7:443; again in 1\d s$/)).toBeVisible()
  await expect(table.getByText('last refusal: answered 400 Bad Request: too old')).toBeVisible()
  await expect(table.getByText(/^512 records never sent \(18\.5 KiB\), received /)).toBeVisible()
})

test('axe finds nothing in the panel, the dialog and Health', async ({ open, page }) => {
  await withDestination(page)
  await open('/settings')
  await page.getByText('Team collector').first().waitFor()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Add a destination' }).click()
  await page.getByRole('dialog').getByText('Certificates').click()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Health' }).click()
  await page.getByRole('table', { name: 'Forwarding, by destination' }).waitFor()
  await expectNoViolations(page)
})
