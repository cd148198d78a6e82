import type { Value } from '../../contract/index.ts'
import { searchedSpansLimit } from '../../contract/tree.ts'
import { text } from '../../model/attributes.ts'
import { spanIdOf } from '../../model/block/session-block.ts'
import type { TreeRow } from '../../model/tree/row.ts'
import { Cursor } from '../otlp/wire/cursor.ts'
import { readLog } from '../otlp/wire/logs.ts'
import type { Db } from '../store/database.ts'
import { eachMatch, needlesOf, type Needle } from './byte-search.ts'
import type { RecordReader } from './records.ts'
import type { LoadedTree } from './session-tree.ts'
import type { SpanTable } from './tree-spans.ts'

interface Found {
  spans: number
  logs: number
}

/** Where the words occur in a session: read straight from the bytes of its bodies, every span and log of it. */
export async function searchSession(
  db: Db,
  records: RecordReader,
  loaded: LoadedTree,
  query: string,
): Promise<Value<'session.search'>> {
  const needles = needlesOf(query)
  const byRow = new Map<number, Found>()
  const at = (row: number): Found => {
    const known = byRow.get(row)
    if (known !== undefined) return known
    const fresh = { spans: 0, logs: 0 }
    byRow.set(row, fresh)
    return fresh
  }
  const { spans, tree } = loaded
  const traceOf = db.prepare<[number], Buffer>('SELECT trace_id FROM trace WHERE id = ?').pluck()
  const found: Value<'session.search'>['spans'] = []
  let spanCount = 0
  for await (const span of matchingSpans(records, loaded, needles)) {
    const row = tree.rowOfSpan[span] ?? -1
    at(row).spans++
    spanCount++
    if (found.length >= searchedSpansLimit) continue
    found.push({
      rowId: tree.rows[row]?.id ?? '',
      traceId: (traceOf.get(spans.trace[span] ?? 0) ?? Buffer.alloc(0)).toString('hex'),
      spanId: spanIdOf(spans.idHigh[span] ?? 0, spans.idLow[span] ?? 0),
    })
  }
  let logCount = 0
  for await (const row of rowsOfMatchingLogs(db, records, loaded, needles)) {
    at(row).logs++
    logCount++
  }
  const rows = [...byRow].sort(([a], [b]) => a - b).map(([row, hits]) => ({ rowId: tree.rows[row]?.id ?? '', ...hits }))
  return { rows, spans: found, spanCount, logCount }
}

/** A place and the entry at it as one number: places are below 2^27, and so are the entries of a session. */
const entryBits = 2 ** 26

/** Spans by body, each list by place; kept as long as the spans are, because a search is often followed by the next one. */
const placesOfSpans = new WeakMap<SpanTable, ReadonlyMap<number, Float64Array>>()

function placesByBody(spans: SpanTable): ReadonlyMap<number, Float64Array> {
  const known = placesOfSpans.get(spans)
  if (known !== undefined) return known
  const counts = new Map<number, number>()
  for (const body of spans.body) counts.set(body, (counts.get(body) ?? 0) + 1)
  const places = new Map([...counts].map(([body, count]) => [body, new Float64Array(count)]))
  const filled = new Map<number, number>()
  for (let span = 0; span < spans.count; span++) {
    const body = spans.body[span] ?? 0
    const next = filled.get(body) ?? 0
    const list = places.get(body)
    if (list !== undefined) list[next] = (spans.at[span] ?? 0) * entryBits + span
    filled.set(body, next + 1)
  }
  for (const list of places.values()) list.sort()
  placesOfSpans.set(spans, places)
  return places
}

async function* matchingSpans(
  records: RecordReader,
  { spans, tree }: LoadedTree,
  needles: readonly Needle[],
): AsyncGenerator<number> {
  const places = placesByBody(spans)
  for await (const { body, bytes } of records.bodies([...places.keys()])) {
    const entries = places.get(body) ?? new Float64Array()
    const hits = new Set<number>()
    eachMatch(
      bytes,
      entries,
      (entry) => Math.floor(entry / entryBits),
      needles,
      (index) => hits.add(index),
    )
    for (const index of hits) {
      const span = (entries[index] ?? 0) % entryBits
      if ((tree.rowOfSpan[span] ?? -1) >= 0) yield span
    }
  }
}

/** The logs of a session and its helpers, as columns. */
interface LogTable {
  readonly timeMs: Float64Array
  readonly name: Int32Array
  /** Index into the tree's sessions. */
  readonly session: Uint16Array
  /** Entries by body, each list by place. */
  readonly places: ReadonlyMap<number, Float64Array>
}

const logTables = new WeakMap<LoadedTree, LogTable>()

function readLogTable(db: Db, loaded: LoadedTree): LogTable {
  const known = logTables.get(loaded)
  if (known !== undefined) return known
  const select = db
    .prepare<[string], [number, number, number, number]>(
      `SELECT body, at, time_ns / 1e6, name FROM log WHERE conversation = (SELECT key FROM conversation WHERE id = ?)`,
    )
    .raw()
  const rows = loaded.facts.sessions.map(({ id }) => select.all(id))
  const count = rows.reduce((sum, { length }) => sum + length, 0)
  const timeMs = new Float64Array(count)
  const name = new Int32Array(count)
  const session = new Uint16Array(count)
  const lists = new Map<number, number[]>()
  let entry = 0
  rows.forEach((logs, of) => {
    for (const [body, place, time, named] of logs) {
      timeMs[entry] = time
      name[entry] = named
      session[entry] = of
      const list = lists.get(body)
      if (list === undefined) lists.set(body, [place * entryBits + entry])
      else list.push(place * entryBits + entry)
      entry++
    }
  })
  const places = new Map([...lists].map(([body, list]) => [body, Float64Array.from(list).sort()]))
  const table = { timeMs, name, session, places }
  logTables.set(loaded, table)
  return table
}

interface LogPlace {
  readonly at: number
  readonly timeMs: number
  readonly sessionId: string
  readonly name: string
}

async function* rowsOfMatchingLogs(
  db: Db,
  records: RecordReader,
  loaded: LoadedTree,
  needles: readonly Needle[],
): AsyncGenerator<number> {
  const table = readLogTable(db, loaded)
  const nameOf = db.prepare<[number], string>('SELECT text FROM name WHERE id = ?').pluck()
  const rowOf = rowsByLog(loaded.tree.rows)
  for await (const { body, bytes } of records.bodies([...table.places.keys()])) {
    const entries = table.places.get(body) ?? new Float64Array()
    const hits = new Set<number>()
    eachMatch(
      bytes,
      entries,
      (entry) => Math.floor(entry / entryBits),
      needles,
      (index) => hits.add(index),
    )
    for (const index of hits) {
      const place = entries[index] ?? 0
      const log: LogPlace = {
        at: Math.floor(place / entryBits),
        timeMs: table.timeMs[place % entryBits] ?? 0,
        sessionId: loaded.facts.sessions[table.session[place % entryBits] ?? 0]?.id ?? '',
        name: nameOf.get(table.name[place % entryBits] ?? 0) ?? '',
      }
      yield rowOf(log, bytes)
    }
  }
}

/** A log's row: the call that it names, the turn of a prompt, the model call under way, else the session. */
function rowsByLog(rows: readonly TreeRow[]): (log: LogPlace, bytes: Buffer) => number {
  const calls = new Map<string, number>()
  const timed = new Map<string, number[]>()
  const roots = new Map<string, number>()
  rows.forEach((row, index) => {
    if (row.callId !== null) calls.set(`${row.sessionId}\n${row.callId}`, index)
    if (row.kind === 'session_loop') roots.set(row.sessionId, index)
    if (row.kind === 'api_call' || row.kind === 'turn')
      timed.set(`${row.sessionId}\n${row.kind}`, [...(timed.get(`${row.sessionId}\n${row.kind}`) ?? []), index])
  })
  const around = (sessionId: string, kind: string, timeMs: number): number | undefined =>
    timed.get(`${sessionId}\n${kind}`)?.findLast((index) => {
      const row = rows[index]
      return row !== undefined && row.startMs <= timeMs + 1 && timeMs <= row.startMs + (row.durationMs ?? Infinity) + 5
    })
  return ({ at, timeMs, sessionId, name }, bytes) => {
    const named = name.startsWith('codex.tool_') ? callOf(bytes, at) : null
    const call = named === null ? undefined : calls.get(`${sessionId}\n${named}`)
    const model = name === 'codex.user_prompt' ? undefined : around(sessionId, 'api_call', timeMs)
    return call ?? model ?? around(sessionId, 'turn', timeMs) ?? roots.get(sessionId) ?? 0
  }
}

function callOf(bytes: Buffer, at: number): string | null {
  return text(readLog(new Cursor(bytes, at)).attributes, 'call_id')
}
