import type { Page, Request } from '@playwright/test'
import { exploreTabs } from '../../../src/renderer/views/explore/tabs.ts'
import { cutFigures } from './cut-figures.ts'
import { session } from './fake-answers.ts'
import { sessionId } from './fake-session.ts'
import { expect, test as madeUp } from './page-test.ts'
import { showOnly, test } from './every-panel-host.ts'

/** The last is a window of 1280 by 800 at 200 %. */
const sizes = [
  { width: 1920, height: 1080 },
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 640, height: 400 },
]

/** Of sessions of every size: the least that a call costs, what a month of them does, and the widest of each figure. */
const sizesOfSessions = [0.000_000_04, 0.000_042, 0.000_99, 0.0042, 0.0995, 12.4, 1240, 12_400, 124_000, 9_999_999].map(
  (costUsd, i) => {
    const size = 10 ** (i % 4)
    return session({
      ...{
        id: `${sessionId.slice(0, -2)}${String(10 + i)}`,
        costUsd,
        wallMs: 9 * size * 1000 - 1,
        busyMs: 9 * size * 700,
      },
      ...{ prompts: 9 * size, errors: 9 * size, toolCalls: 88 * size, failedToolCalls: 8 * size },
      tokens: { input: 888_888 * size, cached: 880_000 * size, cacheWrite: 0, output: 88_888 * size, reasoning: 0 },
    })
  },
)

/** What a page has asked for from now on and not got yet, for not every view says that it waits. */
function unansweredOf(page: Page): ReadonlySet<Request> {
  const unanswered = new Set<Request>()
  const over = (request: Request): void => void unanswered.delete(request)
  // The stream of changes has no end.
  page.on('request', (request) => request.url().endsWith('/api/changes') || unanswered.add(request))
  page.on('requestfinished', over)
  page.on('requestfailed', over)
  return unanswered
}

test('no view cuts or hides a figure without a word, whatever its width', async ({ host, received, open }) => {
  const { link } = received
  const { panels } = await host.call('panel.list', {})
  await showOnly(host, panels, panels)
  const { sessions } = await host.call('session.list', { limit: 200 })
  const most = [...sessions].sort((a, b) => b.toolCalls - a.toolCalls).map(({ id }) => id)
  // Of the recorded runs none has its session file, whose words a conversation shows.
  const { sessionId } = await host.call('sample.open', {})
  await host.settled()
  const views = [
    ...['overview', 'genai', 'sessions', 'insights', 'batches', 'projects', 'limits'].map((view) => `/${view}?${link}`),
    ...exploreTabs.map(({ id }) => `/explore?tab=${id}&${link}`),
    ...['findings', 'conversation', 'turns', 'logs', 'spans', 'receipts'].map(
      (tab) => `/sessions/${most[0] ?? ''}?tab=${tab}`,
    ),
    ...['findings', 'conversation'].map((tab) => `/sessions/${sessionId}?tab=${tab}`),
    ...[`/sessions/${most[0] ?? ''}`, `/compare?a=${most[0] ?? ''}&b=${most[1] ?? ''}`],
    ...['/search', '/alerts', '/configure', '/health', '/settings'],
  ]
  const page = await open(views[0] ?? '/')
  const unanswered = unansweredOf(page)
  const found: string[] = []
  for (const view of views) {
    await page.evaluate((hash) => (location.hash = hash), view)
    for (const size of sizes) {
      // So tall that every panel of a dashboard is in view, and asked for.
      await page.setViewportSize(/overview|genai/.test(view) ? { ...size, height: 9000 } : size)
      await page.evaluate(() => new Promise(requestAnimationFrame))
      await expect.poll(() => unanswered.size, { message: view, intervals: [20] }).toBe(0)
      await page.evaluate(() => new Promise(requestAnimationFrame))
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
      const cut = await cutFigures(page)
      found.push(...cut.map((one) => `${view.replace(link, '')} at ${size.width}: ${one}`))
    }
  }
  await host.call('sample.remove', {})
  expect(found).toEqual([])
})

madeUp('a column of figures cuts none, however small or large it is', async ({ world, open }) => {
  world.sessions.push(...sizesOfSessions)
  const page = await open('/sessions')
  await page.getByRole('treegrid', { name: 'Sessions' }).getByText('$10.0M').waitFor()
  expect(await cutFigures(page)).toEqual([])
})
