import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { startApiServer } from '../../src/engine/api/server.ts'
import { startEngine } from '../../src/engine/index.ts'
import { built } from '../built.ts'
import { measuredBrowser } from '../measured-browser.ts'
import { writeBigSession } from './big-session.ts'
import { planOf, rewrite } from './corpus.ts'
import { median, unpackMs } from './floors.ts'
import {
  backToSessions,
  clickToRows,
  emptyFrames,
  framesWhile,
  longestTaskWhile,
  searchTime,
  unfoldAll,
} from './page-probes.ts'
import { realTraceBodies } from './real-bodies.ts'
import type { Figure } from './report.ts'
import { percentile } from './senders.ts'

const sampleDir = new URL('../../resources/sample', import.meta.url).pathname
const token = 'a-token-for-the-benchmark'
/** The one session of the real run that all of this is made of. */
const sessionId = '01a1f850-bb6c-7f50-86e4-53901db45fec'
const turns = 72
const liveSeconds = 6
/** What the page waits for more letters. */
const typingPauseMs = 100
const liveSpansPerSecond = 3000

/** The real page in a real browser without a graphics card, on one turn of a real run and on 72 of them: a million spans. */
export async function pageFigures(): Promise<Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'colophon-page-'))
  const browser = await measuredBrowser()
  try {
    return [...(await onOneTurn(browser, join(scratch, 'one'))), ...(await onMany(browser, join(scratch, 'many')))]
  } finally {
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function onOneTurn(browser: Browser, dataDir: string): Promise<Figure[]> {
  writeBigSession(dataDir, 1)
  const first: number[] = []
  const later: number[] = []
  // A fresh page each time: the first click is what people wait for.
  for (let i = 0; i < 5; i++)
    await withPage(browser, dataDir, async (page) => {
      first.push(await clickToRows(page))
      for (let again = 0; again < 3; again++) {
        await backToSessions(page)
        later.push(await clickToRows(page))
      }
      return []
    })
  return [
    {
      ...lower('session shown after the first click, 14k spans', 'ms', 200),
      value: median(first),
      beside: { name: 'a later click', value: median(later), ratio: 1.3 },
    },
  ]
}

async function onMany(browser: Browser, dataDir: string): Promise<Figure[]> {
  writeBigSession(dataDir, turns)
  const unpacked = await unpackMs(dataDir)
  const empty = await emptyFrames(browser)
  return withPage(browser, dataDir, async (page, otlpHttp, ask) => {
    const shownMs = await clickToRows(page)
    const unfoldedMs = await unfoldAll(page)
    const figures: Figure[] = [
      { ...lower('session shown after a click, 1M spans', 'ms', 1000), value: shownMs },
      { ...lower('all of 1M spans unfolded after a key', 'ms', null), value: unfoldedMs },
    ]
    for (const motion of ['scroll', 'zoom', 'pan'] as const) {
      const frames = await framesWhile(page, motion)
      figures.push(
        { ...lower(`frame p50, ${motion} of 1M rows`, 'ms', 16.7), value: rounded(percentile(frames, 0.5)) },
        {
          ...lower(`frame p95, ${motion} of 1M rows`, 'ms', 33.4),
          value: rounded(percentile(frames, 0.95)),
          beside: { name: "an empty page's", value: rounded(percentile(empty, 0.95)), ratio: null },
        },
      )
    }
    figures.push(
      { ...lower('search in 1M spans', 'ms', 500), value: await searchTime(page, 'exec_command') },
      { ...lower('the same words again', 'ms', 120 + typingPauseMs), value: await searchTime(page, 'exec_command') },
      {
        ...lower('search in 1M spans, without the page', 'ms', null),
        value: await askedFor(ask, ['call_id', 'http_request', 'stream_event', 'turn_id', 'no such words']),
        beside: { name: 'unpacking its bodies', value: unpacked, ratio: 1.5 },
      },
      { ...lower('page memory with 1M spans', 'MB', 600), value: (await residentBytes(browser)) / 1e6 },
    )
    const longest = await longestTaskWhile(page, () => grow(otlpHttp))
    return [
      ...figures,
      { ...lower('longest task of the page, live', 'ms', 100), value: longest },
      {
        ...lower('search for the same words, grown by 18k spans', 'ms', null),
        value: await askedFor(ask, ['call_id']),
      },
    ]
  })
}

/** The median of searches, each asked for while the page rests. */
async function askedFor(ask: Ask, words: readonly string[]): Promise<number> {
  const times: number[] = []
  for (const query of words) {
    const begun = performance.now()
    await ask('session.search', { id: sessionId, query })
    times.push(performance.now() - begun)
  }
  return median(times)
}

/** Timestamps of frames are multiples of a 60th second but for some microseconds. */
const rounded = (ms: number): number => Math.round(ms * 10) / 10

function lower(name: string, unit: string, limit: number | null): Omit<Figure, 'value'> {
  return { name, unit, limit, better: 'lower' }
}

type Ask = (procedure: string, params: unknown) => Promise<unknown>

async function withPage(
  browser: Browser,
  dataDir: string,
  run: (page: Page, otlpHttp: string, ask: Ask) => Promise<Figure[]>,
): Promise<Figure[]> {
  const any = { host: '127.0.0.1', port: 0 }
  const engine = await startEngine({ dataDir, version: 'bench', grpc: any, http: any, sampleDir })
  const server = await startApiServer({ ...any, engine, token, staticDir: built('renderer'), allowedHosts: [] })
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
  try {
    await page.goto(`${server.url}/#token=${token}`)
    await page.locator('main').waitFor()
    await page.evaluate(() => (location.hash = '#/sessions'))
    return await run(page, `http://${engine.receivers.http}`, async (name, params) => engine.dispatch(name, params))
  } finally {
    await page.close()
    await server.close()
    await engine.close()
  }
}

/** More turns of the same session, as fast as Codex at its busiest. */
async function grow(otlpHttp: string): Promise<void> {
  const plans = realTraceBodies().map(planOf)
  const own = new Map([[sessionId, Buffer.from(sessionId)]])
  const begun = performance.now()
  let sent = 0
  for (let turn = 0; performance.now() - begun < liveSeconds * 1000; turn++) {
    const key = Buffer.alloc(8, 0xa5)
    key.writeUInt32LE(turn, 0)
    for (const plan of plans) {
      const bytes = rewrite(plan, key, BigInt(turns + turn) * 6_000_000_000n, own)
      const headers = { 'content-type': 'application/x-protobuf' }
      await fetch(`${otlpHttp}/v1/traces`, { method: 'POST', headers, body: bytes })
      sent += plan.spans
      const dueMs = begun + (sent / liveSpansPerSecond) * 1000
      await new Promise((done) => setTimeout(done, Math.max(0, dueMs - performance.now())))
      if (performance.now() - begun > liveSeconds * 1000) return
    }
  }
}

/** Memory of its own that the page's process holds: the heap, what typed arrays refer to, and pictures. */
async function residentBytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  const sizes = pages.map(({ id }) => {
    const status = readFileSync(`/proc/${id}/status`, 'utf8')
    return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
  })
  return Math.max(...sizes)
}
