import { text } from '../../model/attributes.ts'
import type { LoadedTree } from '../queries/session-tree.ts'
import { attributesToObject } from '../otlp/to-json.ts'
import type { Db } from '../store/database.ts'
import { bodyReader, groupReaders, messageAt } from './bodies.ts'

/** Where records lie and what they are sorted by, in columns: a session may have a million of them. */
export interface RecordPlaces {
  /** The records that are meant, as indexes into the columns. */
  readonly members: Uint32Array
  readonly body: Int32Array
  readonly at: Uint32Array
  /** Nanoseconds after a base that all records of the session share: exact within 104 days. */
  readonly time: Float64Array
  /** The order of two records of one time; logs have no ids, and are told apart by their content. */
  readonly byId: (a: number, b: number) => number
}

/** The spans that are counted in the session's tree, ordered by trace and span id where their times are equal. */
export function spanPlaces(db: Db, { spans, tree }: LoadedTree): RecordPlaces {
  const members = new Uint32Array(tree.spanCount)
  let count = 0
  for (let span = 0; span < spans.count; span++) {
    if ((tree.rowOfSpan[span] ?? -1) >= 0) members[count++] = span
  }
  const order = new Map(tracesOf(db, spans.trace, members).map(([, trace], i) => [trace, i]))
  const rank = (span: number): number => order.get(spans.trace[span] ?? 0) ?? 0
  const high = (span: number): number => (spans.idHigh[span] ?? 0) >>> 0
  return {
    ...{ members, body: spans.body, at: spans.at, time: spans.start },
    byId: (a, b) => rank(a) - rank(b) || high(a) - high(b) || (spans.idLow[a] ?? 0) - (spans.idLow[b] ?? 0),
  }
}

/** The traces of some spans, as ids in hex and as numbers, in order of their ids. */
function tracesOf(db: Db, trace: Int32Array, members: Uint32Array): [string, number][] {
  const idOf = db.prepare<[number], Buffer>('SELECT trace_id FROM trace WHERE id = ?').pluck()
  const numbers = new Set<number>()
  for (const span of members) numbers.add(trace[span] ?? 0)
  return [...numbers]
    .map((number): [string, number] => [idOf.get(number)?.toString('hex') ?? '', number])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Records that name no session are looked for from this long before it to this long after. */
const aroundNs = 3_600_000_000_000n

/** The logs of the session's conversations; of those that name none, the ones of its traces and the messages between its agents. */
export function logPlaces(db: Db, ids: readonly string[], loaded: LoadedTree, spans: RecordPlaces): RecordPlaces {
  const session = db
    .prepare<[string], { first: bigint; last: bigint }>(
      `SELECT min(first_ns) AS first, max(last_ns) AS last FROM session WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .safeIntegers(true)
    .get(JSON.stringify(ids))
  if (session === undefined) return columnsOf([])
  const { first, last } = session
  const own = db
    .prepare<unknown[], Place>(
      `SELECT body, at, time_ns - ? FROM log WHERE conversation IN
         (SELECT key FROM conversation WHERE id IN (SELECT value FROM json_each(?)))`,
    )
    .raw()
  const others = db
    .prepare<unknown[], Place>(
      'SELECT body, at, time_ns - ? FROM log WHERE conversation = 0 AND time_ns BETWEEN ? AND ?',
    )
    .raw()
  const traces = new Set(tracesOf(db, loaded.spans.trace, spans.members).map(([id]) => id))
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
  const places: Place[] = []
  for (const place of own.iterate(first, JSON.stringify(ids))) places.push(place)
  for (const place of others.iterate(first, first - aroundNs, last + aroundNs))
    if (belongs(place[0], place[1])) places.push(place)
  return columnsOf(places)
}

type Place = readonly [body: number, at: number, time: number]

function columnsOf(places: readonly Place[]): RecordPlaces {
  return {
    members: Uint32Array.from(places.keys()),
    body: Int32Array.from(places, ([body]) => body),
    at: Uint32Array.from(places, ([, at]) => at),
    time: Float64Array.from(places, ([, , time]) => time),
    byId: () => 0,
  }
}
