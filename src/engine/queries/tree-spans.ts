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
  /** In the order of the table. */
  readonly traces: readonly TraceSpans[]
  /** What the times of the table count from. */
  readonly base: bigint
}

/** Where the spans of a trace stand, and as of which version of its records. */
interface TraceSpans {
  readonly trace: number
  readonly version: number
  readonly from: number
  readonly to: number
}

const kindNames = new Map<number, string>(Object.entries(linkKinds).map(([name, number]) => [number, name]))

/**
 * The raw spans of every trace that names one of the conversations, ordered by trace and span id. What has not changed since `known` was
 * read is taken from there.
 */
export function readSpans(
  db: Db,
  conversations: readonly string[],
  base: bigint,
  known: SpanTable | null = null,
): SpanTable {
  const traces = db
    .prepare<[string], { trace: number; version: number }>(
      `SELECT id AS trace, version FROM trace WHERE id IN (SELECT trace FROM trace_conversation WHERE conversation IN
         (SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(?)))) ORDER BY id`,
    )
    .all(JSON.stringify(conversations))
  const kept = new Map(known?.base === base ? known.traces.map((of) => [of.trace, of]) : [])
  const countOf = db.prepare<[number], number>('SELECT count(*) FROM span WHERE trace = ?').pluck()
  const planned = traces.map(({ trace, version }) => {
    const before = kept.get(trace)
    if (before?.version === version) return { trace, version, before, count: before.to - before.from }
    return { trace, version, before: null, count: countOf.get(trace) ?? 0 }
  })
  const table = emptyTable(
    planned.reduce((sum, { count }) => sum + count, 0),
    base,
  )
  const select = db
    .prepare<unknown[], number[]>(
      `SELECT span_id >> 32, span_id & 4294967295, parent_id >> 32, parent_id & 4294967295, name, start_ns - ?, duration_ns, flags, body, at
       FROM span WHERE trace = ? ORDER BY span_id`,
    )
    .raw()
  const readLinks = linkReader(db)
  let from = 0
  for (const { trace, version, before } of planned) {
    const isKept = known !== null && before !== null
    const to = isKept
      ? copyTrace(known, before, table, from)
      : readTrace(select.iterate(base, trace), trace, from, table)
    // Few, and what their conversation is called may be gone while they stay.
    readLinks(table, trace, from, to)
    table.traces.push({ trace, version, from, to })
    from = to
  }
  return table
}

/** For rows without their spans. */
export function noSpans(): SpanTable {
  return emptyTable(0, 0n)
}

type Writable = { -readonly [K in keyof SpanTable]: SpanTable[K] } & {
  links: Map<number, TreeLink>
  traces: TraceSpans[]
}

/** What says the same wherever in a table it stands. */
const columns = ['trace', 'start', 'end', 'idHigh', 'idLow', 'name', 'flags', 'body', 'at'] as const

function emptyTable(count: number, base: bigint): Writable {
  return {
    count,
    trace: new Int32Array(count),
    parent: new Int32Array(count),
    start: new Float64Array(count),
    end: new Float64Array(count),
    idHigh: new Int32Array(count),
    idLow: new Uint32Array(count),
    name: new Int32Array(count),
    flags: new Int32Array(count),
    body: new Int32Array(count),
    at: new Uint32Array(count),
    links: new Map(),
    traces: [],
    base,
  }
}

function copyTrace(known: SpanTable, before: TraceSpans, table: Writable, from: number): number {
  for (const column of columns) table[column].set(known[column].subarray(before.from, before.to), from)
  const moved = from - before.from
  for (let span = before.from; span < before.to; span++) {
    const parent = known.parent[span] ?? -1
    table.parent[span + moved] = parent < 0 ? -1 : parent + moved
  }
  return before.to + moved
}

function readTrace(rows: Iterable<number[]>, trace: number, from: number, table: Writable): number {
  let at = from
  const parents: (readonly [high: number, low: number])[] = []
  for (const [idHigh, idLow, parentHigh, parentLow, name, start, duration, flags, body, place] of rows) {
    // A span may be committed between the count and this read.
    if (at >= table.count) break
    table.trace[at] = trace
    table.idHigh[at] = idHigh ?? 0
    table.idLow[at] = idLow ?? 0
    parents.push([parentHigh ?? 0, parentLow ?? 0])
    table.name[at] = name ?? 0
    table.start[at] = start ?? 0
    table.end[at] = (start ?? 0) + Math.max(0, duration ?? 0)
    table.flags[at] = flags ?? 0
    table.body[at] = body ?? 0
    table.at[at] = place ?? 0
    at++
  }
  for (let span = from; span < at; span++) {
    const [high, low] = parents[span - from] ?? [0, 0]
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

function linkReader(db: Db): (table: Writable, trace: number, from: number, to: number) => void {
  const select = db
    .prepare<[number], [number, number, number, string | null, string | null, string | null]>(
      `SELECT span_id >> 32, span_id & 4294967295, kind, conversation.id, turn_id, call_id
       FROM span_link LEFT JOIN conversation ON conversation.key = span_link.conversation WHERE trace = ?`,
    )
    .raw()
  return (table, trace, from, to) => {
    for (const [high, low, kind, conversationId, turnId, callId] of select.iterate(trace)) {
      const span = indexOf(table, high, low, from, to)
      if (span < 0) continue
      const spanId = spanIdOf(high, low)
      table.links.set(span, { kind: kindNames.get(kind) ?? 'other', spanId, conversationId, turnId, callId })
    }
  }
}
