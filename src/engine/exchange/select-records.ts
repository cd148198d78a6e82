import { text } from '../../model/attributes.ts'
import { spanIdOf } from '../../model/block/session-block.ts'
import type { LoadedTree } from '../queries/session-tree.ts'
import { attributesToObject } from '../otlp/to-json.ts'
import type { Db } from '../store/database.ts'
import { bodyReader, groupReaders, messageAt } from './bodies.ts'

/** Where a record lies, and what it is sorted by. */
export interface RecordPlace {
  readonly body: number
  readonly at: number
  /** Nanoseconds after a base that all records of the session share: exact within 104 days. */
  readonly time: number
  /** Trace and span id in hex; empty for logs, which are told apart by their content. */
  readonly id: string
}

/** The spans that are counted in the session's tree. */
export function spanPlaces(db: Db, { spans, tree }: LoadedTree): RecordPlace[] {
  const traceOf = db.prepare<[number], Buffer>('SELECT trace_id FROM trace WHERE id = ?').pluck()
  const places: RecordPlace[] = []
  let trace = -1
  let traceId = ''
  for (let span = 0; span < spans.count; span++) {
    if ((tree.rowOfSpan[span] ?? -1) < 0) continue
    if (spans.trace[span] !== trace) {
      trace = spans.trace[span] ?? 0
      traceId = (traceOf.get(trace) ?? Buffer.alloc(0)).toString('hex')
    }
    const id = traceId + spanIdOf(spans.idHigh[span] ?? 0, spans.idLow[span] ?? 0)
    places.push({ body: spans.body[span] ?? 0, at: spans.at[span] ?? 0, time: spans.start[span] ?? 0, id })
  }
  return places
}

/** Records that name no session are looked for from this long before it to this long after. */
const aroundNs = 3_600_000_000_000n

/** The logs of the session's conversations; of those that name none, the ones of its traces and the messages between its agents. */
export function logPlaces(db: Db, ids: readonly string[], traces: ReadonlySet<string>): RecordPlace[] {
  const session = db
    .prepare<[string], { first: bigint; last: bigint }>(
      `SELECT min(first_ns) AS first, max(last_ns) AS last FROM session WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .safeIntegers(true)
    .get(JSON.stringify(ids))
  if (session === undefined) return []
  const { first, last } = session
  const own = db
    .prepare<unknown[], [number, number, number]>(
      `SELECT body, at, time_ns - ? FROM log WHERE conversation IN
         (SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(?)))`,
    )
    .raw()
    .all(first, JSON.stringify(ids))
  const others = db
    .prepare<unknown[], [number, number, number]>(
      'SELECT body, at, time_ns - ? FROM log WHERE conversation = 0 AND time_ns BETWEEN ? AND ?',
    )
    .raw()
    .all(first, first - aroundNs, last + aroundNs)
  const load = bodyReader(db)
  const { record } = groupReaders('logs')
  const members = new Set<string | null>(ids)
  const belongs = (body: number, at: number): boolean => {
    const log = record(messageAt(load(body), at))
    if (typeof log['traceId'] === 'string' && traces.has(log['traceId'])) return true
    const attributes = attributesToObject(log['attributes'] as Parameters<typeof attributesToObject>[0])
    if (attributes['event.name'] !== 'codex.agent_communication') return false
    return members.has(text(attributes, 'sender_thread_id')) || members.has(text(attributes, 'receiver_thread_id'))
  }
  return [...own, ...others.filter(([body, at]) => belongs(body, at))].map(([body, at, time]) => ({
    ...{ body, at, time },
    id: '',
  }))
}
