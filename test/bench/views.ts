import { setTimeout as delay } from 'node:timers/promises'
import type { CDPSession, Page } from '@playwright/test'
import { measuredBrowser } from '../measured-browser.ts'
import type { Figure } from './report.ts'

/** As a processor that is four times slower takes it. */
const slower = 4
const limitMs = 50
const range = 'range=90d'

interface Step {
  readonly name: string
  readonly act: (page: Page) => Promise<unknown>
  /** Until what was asked for has come and is drawn. */
  readonly ms: number
}

const view = (name: string, path: string, ms = 2500): Step => ({
  name,
  act: (page) => page.evaluate((hash) => (location.hash = hash), `#${path}`),
  ms,
})

const steps: readonly Step[] = [
  view('Sessions', `/sessions?${range}`, 4000),
  { name: 'scrolling Sessions', act: scroll, ms: 300 },
  {
    name: 'sorting Sessions',
    act: (page) =>
      page
        .getByRole('columnheader', { name: /Duration/ })
        .first()
        .click(),
    ms: 1500,
  },
  view('Overview', `/overview?${range}`, 5000),
  ...['errors', 'logs', 'spans', 'metrics', 'figures'].map((tab) =>
    view(`Explore, ${tab}`, `/explore?tab=${tab}&${range}`),
  ),
  view('Insights', `/insights?${range}`),
  view('Projects', `/projects?${range}`),
  view('Batches', `/batches?${range}`),
  view('Limits', `/limits?${range}`),
  view('a session', '/sessions/session-004000'),
  view('Compare', '/compare?a=session-004000&b=session-004001'),
  view('Health', '/health'),
  view('Configure', '/configure'),
]

/**
 * The longest task of each view over the big history. What is measured is the processor's time of the page's main thread, so that
 * other work on the machine does not count; the second visit, when its code is there. The collector comes when it likes, in whichever
 * view that is: what it takes is no view's, and stands by itself.
 */
export async function viewFigures(address: string): Promise<Figure[]> {
  const browser = await measuredBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const devtools = await page.context().newCDPSession(page)
    await page.goto(address)
    await page.locator('main').waitFor()
    const longest = new Map<string, number>()
    let collectorMs = 0
    for (const visit of [1, 2])
      for (const step of steps) {
        const found = await longestTask(devtools, () => step.act(page).then(() => delay(step.ms)))
        if (visit !== 2) continue
        longest.set(step.name, found.taskMs * slower)
        collectorMs = Math.max(collectorMs, found.collectorMs * slower)
      }
    const figure = (name: string, value: number): Figure => ({
      ...{ name: `longest ${name} at a quarter of the speed`, value, unit: 'ms', limit: limitMs, better: 'lower' },
    })
    const views = [...longest].sort(([, a], [, b]) => b - a).slice(0, 5)
    return [
      ...views.map(([name, value]) => figure(`task of ${name}`, value)),
      figure('pause of the collector, in any view', collectorMs),
    ]
  } finally {
    await browser.close()
  }
}

async function scroll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const table = document.querySelector('[role=treegrid]')
    if (table === null) throw new Error('There is no list.')
    table.scrollTop = 0
    for (let i = 0; i < 60; i++) {
      table.scrollTop += 120
      await new Promise((done) => requestAnimationFrame(done))
    }
  })
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  readonly dur?: number
  /** Of the thread's own time. */
  readonly tdur?: number
}

/** Without what the collector took of it, and the longest that this took at once. */
interface Longest {
  readonly taskMs: number
  readonly collectorMs: number
}

const collections: ReadonlySet<string> = new Set(['MajorGC', 'MinorGC'])

async function longestTask(devtools: CDPSession, act: () => Promise<unknown>): Promise<Longest> {
  const events: TraceEvent[] = []
  const take = ({ value }: { value: object[] }): void => void events.push(...(value as TraceEvent[]))
  devtools.on('Tracing.dataCollected', take)
  const includedCategories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline']
  await devtools.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } })
  await act()
  const ended = new Promise((done) => devtools.once('Tracing.tracingComplete', done))
  await devtools.send('Tracing.end')
  await ended
  devtools.off('Tracing.dataCollected', take)
  // The thread that ran most of the page's functions is its main one.
  const ran = new Map<string, number>()
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`
  for (const event of events)
    if (event.name === 'FunctionCall') ran.set(threadOf(event), (ran.get(threadOf(event)) ?? 0) + (event.tdur ?? 0))
  const [[main] = ['']] = [...ran].sort(([, a], [, b]) => b - a)
  const ofMain = events.filter((event) => threadOf(event) === main)
  const collected = ofMain.filter(({ name }) => collections.has(name))
  const tasks = ofMain
    .filter(({ name }) => name.includes('RunTask'))
    .map(({ ts, dur = 0, tdur = 0 }) => {
      const within = collected.filter((one) => one.ts >= ts && one.ts < ts + dur)
      return tdur - within.reduce((sum, one) => sum + (one.tdur ?? 0), 0)
    })
  return {
    taskMs: Math.max(0, ...tasks) / 1000,
    collectorMs: Math.max(0, ...collected.map(({ tdur = 0 }) => tdur)) / 1000,
  }
}
