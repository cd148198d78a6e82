import type { Locator, Page } from '@playwright/test'
import type { TreeResult } from '../../../src/contract/tree.ts'
import { packSession, type BlockLogs, type BlockSpans } from '../../../src/model/block/session-block.ts'
import { answersOf } from './fake-answers.ts'
import { startFakeHost, type Answers } from './fake-host.ts'
import { rawSpans, startMs } from './fake-session.ts'
import { test as base } from './page-test.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'

/**
 * The block of a made-up tree: as many raw spans as each row says it stands for, the first of each with events, and a log
 * record a second.
 */
export function fakeBlock(tree: TreeResult, withSpans: boolean): Uint8Array<ArrayBuffer> {
  const meta = { baseMs: startMs, startMs: tree.startMs, endMs: tree.endMs }
  const rows = { ...tree, rowOfSpan: new Int32Array() }
  if (!withSpans) return packSession({ ...meta, hasSpans: false, spanCount: 0, names: [], traces: [] }, rows, null)
  const byRow = tree.rows.map(rawSpans)
  const all = byRow.flat()
  const names = [...new Set(all.map(({ name }) => name))]
  let count = 0
  const spans: BlockSpans = {
    endOfRow: Uint32Array.from(byRow, ({ length }) => (count += length)),
    start: Float64Array.from(all, (span) => span.startMs - startMs),
    duration: Float64Array.from(all, ({ durationMs }) => durationMs),
    name: Uint32Array.from(all, ({ name }) => names.indexOf(name)),
    depth: Uint16Array.from(all, ({ depth }) => depth),
    flags: Uint8Array.from(byRow.flatMap((own) => own.map((_, at) => (at === 0 ? 2 : 0)))),
    trace: new Uint32Array(all.length),
    idHigh: new Int32Array(all.length),
    idLow: Uint32Array.from(all, (_, index) => index),
  }
  const seconds = Math.floor((tree.endMs - tree.startMs) / 1000)
  const logs: BlockLogs = {
    time: Float64Array.from({ length: seconds }, (_, second) => second * 1000),
    root: new Uint32Array(seconds),
    name: new Uint32Array(seconds),
    severity: new Uint8Array(seconds).fill(9),
  }
  return packSession({ ...meta, hasSpans: true, spanCount: count, names, traces: [traceId] }, rows, { spans, logs })
}

/** The tests of the page with raw spans in its block, and with answers to what the waterfall asks besides. */
export const test = base.extend({
  host: async ({ world }, use) => {
    const answers: Answers = {
      ...answersOf(world),
      'call.percentile': () => ({ count: 212, percentile: 93 }),
      'session.search': ({ query }) => ({
        rows: query === 'rate limit' ? [{ rowId: 'tool_call-10', spans: 1, logs: 2 }] : [],
        spans: query === 'rate limit' ? [{ traceId, spanIds: [spanIdIn(world.tree, 'tool_call-10')] }] : [],
        spanCount: 1,
        logCount: 2,
      }),
      'session.block': ({ spans }) => fakeBlock(world.tree, spans),
      'span.events': ({ spans }) => ({ spans: spans.map((ref) => ({ ...ref, ...eventsOf(world.tree, ref.spanId) })) }),
    }
    const host = await startFakeHost(answers)
    await use(host)
    host.close()
  },
})

/** In the middle of the first raw span of a row. */
function eventsOf(
  { rows }: Pick<TreeResult, 'rows'>,
  spanId: string,
): { events: { name: string; timeMs: number }[]; left: number } {
  const row = rows.find(({ id }) => spanIdIn({ rows }, id) === spanId)
  const [span] = row ? rawSpans(row) : []
  if (!row || !span) return { events: [], left: 0 }
  return { events: [{ name: `noted in ${row.label}`, timeMs: span.startMs + span.durationMs / 2 }], left: 2 }
}

/** Of the first raw span of a row. */
function spanIdIn({ rows }: Pick<TreeResult, 'rows'>, rowId: string): string {
  const before = rows.slice(
    0,
    rows.findIndex(({ id }) => id === rowId),
  )
  return before
    .reduce((sum, { spanCount }) => sum + spanCount, 0)
    .toString(16)
    .padStart(16, '0')
}

export const expect = test.expect

export const rowsOf = (page: Page): Locator => page.getByRole('treegrid', { name: 'Rows of the session' })
export const axisOf = (page: Page): Promise<string> => page.locator('.axis').innerText()

/** How many pixels of the waterfall are not transparent. */
export function inkOf(page: Page): Promise<number> {
  return rowsOf(page)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
      return data?.filter((value, index) => index % 4 === 3 && value > 0).length ?? 0
    })
}

/** Where the rows are drawn, once they are. */
export async function timeArea(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  await expect.poll(() => inkOf(page)).toBeGreaterThan(2000)
  const place = await rowsOf(page).locator('canvas').boundingBox()
  if (!place) throw new Error('Nothing is drawn.')
  return place
}
