import type { Db } from '../store/database.ts'
import { byBody, type ByBody } from './by-body.ts'
import type { LoadedTree } from './session-tree.ts'
import type { SpanTable } from './tree-spans.ts'

/** The logs of a session and its helpers, as columns. */
export interface LogTable {
  readonly at: Uint32Array
  readonly timeMs: Float64Array
  readonly name: Int32Array
  /** Index into the tree's sessions. */
  readonly session: Uint16Array
}

/** What leads from a place in a body back to the span or log that is there. */
export interface SearchIndex {
  readonly spans: ByBody
  readonly logs: ByBody
  readonly logTable: LogTable
}

/** Kept as long as the spans are: until a record of the session, log or span, has come or gone. */
const known = new WeakMap<SpanTable, Promise<SearchIndex>>()

/** `pause` is awaited between the parts of what takes long. */
export function searchIndex(db: Db, loaded: LoadedTree, pause: () => Promise<unknown>): Promise<SearchIndex> {
  const kept = known.get(loaded.spans)
  if (kept !== undefined) return kept
  const index = readIndex(db, loaded, pause)
  known.set(loaded.spans, index)
  index.catch(() => known.delete(loaded.spans))
  return index
}

async function readIndex(db: Db, { facts, spans }: LoadedTree, pause: () => Promise<unknown>): Promise<SearchIndex> {
  const ofSpans = byBody(spans.body, spans.at)
  const columns = { body: [] as number[], at: [] as number[], timeMs: [] as number[], name: [] as number[] }
  const session: number[] = []
  for (const [of, { id }] of facts.sessions.entries())
    for (const rows of logPages(db, id)) {
      for (const [body, at, timeMs, name] of rows) {
        columns.body.push(body)
        columns.at.push(at)
        columns.timeMs.push(timeMs)
        columns.name.push(name)
        session.push(of)
      }
      await pause()
    }
  const at = Uint32Array.from(columns.at)
  return {
    spans: ofSpans,
    logs: byBody(Int32Array.from(columns.body), at),
    logTable: {
      at,
      timeMs: Float64Array.from(columns.timeMs),
      name: Int32Array.from(columns.name),
      session: Uint16Array.from(session),
    },
  }
}

/** Records read at a time: some milliseconds' worth. */
const pageLength = 8192

type LogRow = [body: number, at: number, timeMs: number, name: number]

/** A page ends between two times, so that none is read twice or left out. */
function* logPages(db: Db, sessionId: string): Generator<LogRow[]> {
  const key = db.prepare<[string], number>('SELECT key FROM conversation WHERE id = ?').pluck().get(sessionId)
  const nextTime = db
    .prepare<unknown[], bigint>(
      `SELECT time_ns FROM log WHERE conversation = ? AND time_ns > ? ORDER BY time_ns LIMIT 1 OFFSET ${pageLength}`,
    )
    .pluck()
    .safeIntegers(true)
  const select = db
    .prepare<unknown[], LogRow>(
      `SELECT body, at, time_ns / 1e6, name FROM log
       WHERE conversation = ? AND time_ns >= ? AND time_ns < ? ORDER BY time_ns`,
    )
    .raw()
  const never = 2n ** 63n - 1n
  for (let from: bigint | null = -never; key !== undefined && from !== null;) {
    const to: bigint | null = nextTime.get(key, from) ?? null
    yield select.all(key, from, to ?? never)
    from = to
  }
}
