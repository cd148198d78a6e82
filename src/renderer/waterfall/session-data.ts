import type { BlockLogs, BlockSpans, SessionBlock } from '../../model/block/session-block.ts'
import { outlineOf } from './outline.ts'
import type { Outline } from './outline.ts'

/** The raw spans and logs of the latest whole block. Its rows may be older than those that show. */
export interface RawColumns {
  readonly baseMs: number
  readonly names: readonly string[]
  readonly traces: readonly string[]
  readonly spans: BlockSpans
  readonly logs: BlockLogs
  readonly count: number
  /** Ids and sessions of the rows that the columns were made with. */
  readonly rows: readonly { readonly id: string; readonly sessionId: string }[]
}

/** What the waterfall shows of a session: rows as objects, there are thousands at most, and spans as columns. */
export interface SessionData {
  readonly outline: Outline
  readonly startMs: number
  readonly endMs: number
  /** null while the raw spans are on their way. */
  readonly raw: RawColumns | null
  /** The spans of each row: from `first` up to, and without, `end`. */
  readonly first: Uint32Array
  readonly end: Uint32Array
  /** Raw spans of each row and of everything below it. */
  readonly spansBelow: Uint32Array
  /** The row that each row of the columns is now, -1 where it is gone. */
  readonly nowAt: Int32Array
}

/** Puts a block in the place of the one before. A block without spans keeps those that are known already. */
export function sessionData(block: SessionBlock, before: SessionData | null): SessionData {
  const outline = outlineOf(block.rows)
  const raw = rawOf(block) ?? before?.raw ?? null
  const count = block.rows.length
  const first = new Uint32Array(count)
  const end = new Uint32Array(count)
  const nowAt = new Int32Array(raw?.rows.length ?? 0).fill(-1)
  raw?.rows.forEach(({ id }, at) => {
    const now = outline.indexOf.get(id)
    if (now === undefined) return
    nowAt[at] = now
    first[now] = at === 0 ? 0 : (raw.spans.endOfRow[at - 1] ?? 0)
    end[now] = raw.spans.endOfRow[at] ?? 0
  })
  const spansBelow = Uint32Array.from(first, (from, row) => (end[row] ?? 0) - from)
  for (let row = count - 1; row >= 0; row--) {
    const above = outline.parent[row] ?? -1
    if (above >= 0) spansBelow[above] = (spansBelow[above] ?? 0) + (spansBelow[row] ?? 0)
  }
  return { outline, startMs: block.meta.startMs, endMs: block.meta.endMs, raw, first, end, spansBelow, nowAt }
}

function rawOf({ meta, rows, spans, logs }: SessionBlock): RawColumns | null {
  if (spans === null || logs === null) return null
  const { baseMs, names, traces } = meta
  const kept = rows.map(({ id, sessionId }) => ({ id, sessionId }))
  return { baseMs, names, traces, spans, logs, count: spans.start.length, rows: kept }
}

/** The first index whose value is over the given one, in ascending values. */
export function firstOver(
  values: Uint32Array | Int32Array | Float64Array,
  value: number,
  from = 0,
  to = values.length,
): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** The row that a raw span is folded into, -1 where that row is gone. */
export function rowOfSpan({ raw, nowAt }: SessionData, span: number): number {
  return raw === null ? -1 : (nowAt[firstOver(raw.spans.endOfRow, span)] ?? -1)
}

/** The span that the spans before it lead down to: the nearest one above it that is less deep, in the same row. */
export function parentSpan(data: SessionData, span: number): number {
  const depth = data.raw?.spans.depth
  const mine = depth?.[span] ?? 0
  const first = data.first[rowOfSpan(data, span)] ?? 0
  for (let at = span - 1; depth && mine > 0 && at >= first; at--) if ((depth[at] ?? 0) < mine) return at
  return -1
}
