import { appBeginMs, appBodies } from '../../integration/panels/app-bodies.ts'
import { expectNoViolations, expectNoViolationsInMenu } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { test } from './real-host.ts'
import type { RealHost } from './start-real-host.ts'

const hourMs = 3_600_000

/** Applications and a session of Codex in the same hour, and a link to it. */
async function fed(host: RealHost): Promise<string> {
  await host.feed('02_classic')
  const { receivers } = await host.call('status', {})
  for (const { signal, bytes } of appBodies())
    await fetch(`http://${receivers.http.address ?? ''}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bytes,
    })
  const range = { fromMs: appBeginMs - hourMs, toMs: appBeginMs + hourMs }
  await expect
    .poll(async () => (await host.call('panel.run', { panel: 'recent-errors', ...range })).rows.length)
    .toBeGreaterThan(0)
  return `range=custom&from=${range.fromMs}&to=${range.toMs}`
}

test(`axe finds nothing in the panels of GenAI apps, in a panel's menu, definition and table, and where panels are arranged`, async ({
  host,
  open,
  page,
}) => {
  const link = await fed(host)
  // Tall enough for every panel to be in view, and drawn.
  await page.setViewportSize({ width: 1440, height: 4000 })
  await open(`/genai?${link}`)
  await page.getByRole('region', { name: 'Recent errors', exact: true }).getByRole('link').first().waitFor()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await expectNoViolations(page)

  await test.step('a menu, a definition and a table of a panel, and where panels are arranged', async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.evaluate((hash) => (location.hash = hash), `/overview?${link}`)
    const menu = page.getByRole('button', { name: 'Menu of Token usage over time', exact: true })
    await page.getByRole('region', { name: 'Token usage over time', exact: true }).locator('canvas').waitFor()
    await menu.click()
    await page.getByRole('menuitem').first().waitFor()
    await expectNoViolationsInMenu(page)
    await page.getByRole('menuitem', { name: 'View as table' }).click()
    await page.getByRole('region', { name: 'Token usage over time', exact: true }).getByRole('table').waitFor()
    await expectNoViolations(page)
    await menu.click()
    await page.getByRole('menuitem', { name: 'Show definition…' }).click()
    await page.getByRole('dialog').waitFor()
    await expectNoViolations(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Panels' }).click()
    await page.getByRole('menu').waitFor()
    await expectNoViolationsInMenu(page)
  })
})

test('axe finds nothing in any view of an empty store', async ({ open }) => {
  const page = await open('/overview')
  const empty = {
    '/overview': /Needs logs/,
    '/genai': /No application besides Codex has sent anything yet/,
    '/explore': /Nothing failed in this range/,
    '/explore?tab=logs': 'otel.exporter',
    '/explore?tab=spans': 'otel.trace_exporter',
    '/explore?tab=metrics': 'otel.metrics_exporter',
    '/batches': /No session has arrived yet/,
    '/projects': /No session has arrived yet/,
    '/insights': /No session has arrived yet/,
    '/limits': /No limit is known yet/,
    '/alerts': /No alert has fired/,
    '/health': /Nothing has been received/,
  }
  for (const [path, words] of Object.entries(empty)) {
    await page.evaluate((hash) => (location.hash = hash), path)
    await page.getByRole('main').getByText(words).first().waitFor()
    await expectNoViolations(page)
  }
  await page.evaluate(() => (location.hash = '/sessions/01a1f848-0000-7000-8000-000000000000'))
  await page.getByRole('heading', { name: 'Session not found' }).waitFor()
  await expectNoViolations(page)
})
