import { spanIdOf } from '../../model/block/session-block.ts'
import { linkKinds } from '../../model/codex/spans/index.ts'
import type { SpanColumns, TreeLink } from '../../model/tree/spans.ts'
import type { Db } from '../store/database.ts'

/** The columns that the tree needs, and those that lead back to a span's record. */
export interface SpanTable extends SpanColumns {
  /** Upper and lower half of the span id. */
  readonly idHigh: Int32Array
  readonly idLow: Uint32Array
  readonly name: Int32Array
  readonly flags: Int32Array
  /** Where the record is: body, and place in it. */
  readonly body: Int32Array
  readonly at: Uint32Array
}

const kindNames = new Map<number, string>(Object.entries(linkKinds).map(([name, number]) => [number, name]))

/** The raw spans of every trace that names one of the conversations, ordered by trace and span id. */
export function readSpans(db: Db, conversations: readonly string[], base: bigint): SpanTable {
  const traces = db
    .prepare<[string], number>(
      `SELECT DISTINCT trace FROM trace_conversation WHERE conversation IN
         (SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(?))) ORDER BY trace`,
    )
    .pluck()
    .all(JSON.stringify(conversations))
  const countOf = db.prepare<[number], number>('SELECT count(*) FROM span WHERE trace = ?').pluck()
  const counts = traces.map((trace) => countOf.get(trace) ?? 0)
  const table = emptyTable(counts.reduce((sum, count) => sum + count, 0))

  const select = db
    .prepare<unknown[], number[]>(
      `SELECT span_id >> 32, span_id & 4294967295, parent_id >> 32, parent_id & 4294967295, name, start_ns - ?, duration_ns, flags, body, at
       FROM span WHERE trace = ? ORDER BY span_id`,
    )
    .raw()
  let at = 0
  for (const trace of traces) at = readTrace(select.iterate(base, trace), trace, at, table)
  readLinks(db, traces, table)
  return table
}

/** For rows without their spans. */
export function noSpans(): SpanTable {
  return emptyTable(0)
}

type Writable = { -readonly [K in keyof SpanTable]: SpanTable[K] } & {
  parentHigh: Int32Array
  parentLow: Uint32Array
  links: Map<number, TreeLink>
}

function emptyTable(count: number): Writable {
  return {
    count,
    trace: new Int32Array(count),
    parent: new Int32Array(count),
    start: new Float64Array(count),
    end: new Float64Array(count),
    idHigh: new Int32Array(count),
    idLow: new Uint32Array(count),
    parentHigh: new Int32Array(count),
    parentLow: new Uint32Array(count),
    name: new Int32Array(count),
    flags: new Int32Array(count),
    body: new Int32Array(count),
    at: new Uint32Array(count),
    links: new Map(),
  }
}

function readTrace(rows: Iterable<number[]>, trace: number, from: number, table: Writable): number {
  let at = from
  for (const [idHigh, idLow, parentHigh, parentLow, name, start, duration, flags, body, place] of rows) {
    // A span may be committed between the count and this read.
    if (at >= table.count) break
    table.trace[at] = trace
    table.idHigh[at] = idHigh ?? 0
    table.idLow[at] = idLow ?? 0
    table.parentHigh[at] = parentHigh ?? 0
    table.parentLow[at] = parentLow ?? 0
    table.name[at] = name ?? 0
    table.start[at] = start ?? 0
    table.end[at] = (start ?? 0) + Math.max(0, duration ?? 0)
    table.flags[at] = flags ?? 0
    table.body[at] = body ?? 0
    table.at[at] = place ?? 0
    at++
  }
  for (let span = from; span < at; span++) {
    const high = table.parentHigh[span] ?? 0
    const low = table.parentLow[span] ?? 0
    table.parent[span] = high === 0 && low === 0 ? -1 : indexOf(table, high, low, from, at)
  }
  return at
}

/** Index of a span id among those of one trace, which are sorted; -1 where it has not arrived. */
function indexOf({ idHigh, idLow }: SpanTable, high: number, low: number, from: number, to: number): number {
  let first = from
  let last = to - 1
  while (first <= last) {
    const middle = (first + last) >>> 1
    const order = (idHigh[middle] ?? 0) - high || (idLow[middle] ?? 0) - low
    if (order === 0) return middle
    if (order < 0) first = middle + 1
    else last = middle - 1
  }
  return -1
}

function readLinks(db: Db, traces: readonly number[], table: Writable): void {
  const bounds = new Map<number, { from: number; to: number }>()
  for (let at = 0; at < table.count; at++) {
    const trace = table.trace[at] ?? 0
    const known = bounds.get(trace)
    if (known === undefined) bounds.set(trace, { from: at, to: at + 1 })
    else known.to = at + 1
  }
  const select = db
    .prepare<[number], [number, number, number, string | null, string | null, string | null]>(
      `SELECT span_id >> 32, span_id & 4294967295, kind, conversation.id, turn_id, call_id
       FROM span_link LEFT JOIN conversation ON conversation.key = span_link.conversation WHERE trace = ?`,
    )
    .raw()
  for (const trace of traces) {
    const bound = bounds.get(trace)
    if (bound === undefined) continue
    for (const [high, low, kind, conversationId, turnId, callId] of select.iterate(trace)) {
      const span = indexOf(table, high, low, bound.from, bound.to)
      if (span < 0) continue
      table.links.set(span, {
        kind: kindNames.get(kind) ?? 'other',
        spanId: spanIdOf(high, low),
        conversationId,
        turnId,
        callId,
      })
    }
  }
}
