import type { Page } from '@playwright/test'
import { status } from './fake-answers.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

test('the theme is kept by the host, set in the settings and by a key', async ({ open, world }) => {
  const page = await open('/settings')
  const html = page.locator('html')
  await expect(html).toHaveAttribute('data-theme', 'light')
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true })
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await expect.poll(() => world.settings.theme).toBe('dark')
  await page.reload()
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.keyboard.press('t')
  await expect(html).toHaveAttribute('data-theme', 'light')
  await expect.poll(() => world.settings.theme).toBe('system')
})

test('a link that is opened while the page still starts wins over the view that it would start with', async ({
  page,
  host,
}) => {
  const waiting: (() => Promise<void>)[] = []
  await page.route(/OverviewView.*\.js/, (route) => void waiting.push(() => route.continue()))
  await page.goto(`${host.url}#token=${host.token}`)
  await page.getByRole('navigation').waitFor()
  await page.evaluate(() => (location.hash = '#/overview'))
  await page.reload()
  await expect.poll(() => waiting.length).toBeGreaterThan(0)
  await page.evaluate(() => (location.hash = '#/settings'))
  for (const go of waiting) await go()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  await expect(page).toHaveURL(/#\/settings$/)
})

test('a view whose code went with an update is loaded anew with the page', async ({ page, host }) => {
  let isUpdated = false
  await page.route(/InsightsView.*\.js/, (route) => (isUpdated ? route.continue() : route.fulfill({ status: 404 })))
  await page.goto(`${host.url}#token=${host.token}`)
  await page.getByRole('navigation').waitFor()
  page.on('request', (request) => (isUpdated ||= request.isNavigationRequest()))
  await page.getByRole('link', { name: 'Insights' }).click()
  await expect(page.getByRole('heading', { name: 'Insights', level: 1 })).toBeVisible()
})

test('the rail says what arrives, and which port could not be had', async ({ open, world }) => {
  const error = 'Port 4317 is in use by another program.'
  const ok = status(3)
  world.status = {
    ...ok,
    receivers: { ...ok.receivers, grpc: { address: null, error, takenBy: { colophon: false, page: null } } },
  }
  const page = await open('/health')
  await expect(page.locator('.receiving')).toContainText('214 spans/s')
  await expect(page.locator('.receiving')).toContainText('gRPC no port')
  await expect(page.getByText(error)).toBeVisible()
  await expect(page.getByText('OTLP/gRPC: nothing arrives')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Use 4319', exact: true })).toBeVisible()
})

test('rebuilds the facts and says from how much', async ({ open, host }) => {
  const page = await open('/settings')
  await page.getByRole('button', { name: 'Rebuild facts' }).click()
  await expect(page.getByText('Rebuilt from 1,536 requests')).toBeVisible()
  expect(host.calls.map(({ name }) => name)).toContain('facts.rebuild')
})

test('nothing sticks out of a window of any size in any view', async ({ open, page }) => {
  await open('/sessions')
  const views = [
    ['/sessions', page.getByRole('treegrid', { name: 'Sessions' })],
    [`/sessions/${sessionId}?row=tool_call-10`, page.getByRole('complementary', { name: 'Details' })],
    ['/health', page.getByRole('heading', { name: 'Health', level: 1 })],
    ['/settings', page.getByRole('heading', { name: 'Settings', level: 1 })],
  ] as const
  for (const [path, shown] of views) {
    await page.goto(page.url().replace(/#.*/, `#${path}`))
    await shown.waitFor({ state: 'attached' })
    for (const [width, height] of [
      [1024, 700],
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height])
      await expect.poll(() => outsideOf(page), { message: `${path} ${width} × ${height}` }).toEqual([])
    }
  }
})

/** What reaches beyond the window, where nothing scrolls to it. */
function outsideOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { innerWidth, innerHeight } = window
    const isScrolled = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowY) || isScrolled(element.parentElement))
    return [...document.querySelectorAll('#app > div > *, header, main, aside, nav, .chip')]
      .filter((element) => {
        const { width, right, bottom } = element.getBoundingClientRect()
        const isBelow = bottom > innerHeight + 1 && !isScrolled(element.parentElement)
        return width > 0 && (right > innerWidth + 1 || isBelow)
      })
      .map((element) => element.outerHTML.slice(0, 80))
  })
}
