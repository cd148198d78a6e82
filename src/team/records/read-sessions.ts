import { serverStart, turnRequests } from '../../model/codex/spans/index.ts'
import type { Incoming } from '../../engine/store/body-store.ts'
import { linkKeyNames } from '../../engine/otlp/wire/spans.ts'
import type { Params, TeamReader } from '../connection.ts'
import { around, asParams, boundsOf, type Bounds } from './bounds.ts'
import { chunksOf } from './chunks.ts'
import type { RawTable, RawTables } from './generation.ts'
import { merged } from './merged.ts'
import { logColumns, writeLog, type LogRow } from './logs.ts'
import { requestOf } from './request.ts'
import { spreadColumns, spreadOf } from './spread.ts'
import { spanColumns, writeSpan, type SpanRow } from './spans.ts'
import {
  allAttributes,
  conversation,
  conversations,
  isDelta,
  isLinked,
  mayName,
  told,
  turnOf,
  within,
} from './spelling.ts'

export interface ReadOptions {
  /** What no fact comes from is left out on the server: texts on their way to the stream, and spans that name nothing. */
  readonly factsOnly: boolean
}

/** Where the records of conversations are. */
export interface Place {
  readonly ids: readonly string[]
  /** No record that was looked for is later. */
  readonly untilNs: bigint | undefined
  /** From the first to the last log record; null where there is none. */
  readonly logs: Bounds | null
  /** How many these are, also where one was delivered twice. */
  readonly logRecords: number
  readonly spans: Bounds
  readonly traceIds: readonly string[]
}

/** With how many records are in it. */
export type Body = Omit<Incoming, 'origin'> & { readonly holds: number }

/**
 * The traces of a conversation are those that its logs name, and those of which a span names it. Who knows when the last record was saves the
 * server a look at all that came since.
 */
export async function findSessions(
  reader: TeamReader,
  { logs, traces }: RawTables,
  ids: readonly string[],
  untilNs?: bigint,
): Promise<Place> {
  const bounds = boundsOf(ids, untilNs)
  const seen =
    logs === null
      ? null
      : ((await findLogs(reader, logs, ids, bounds)) ??
        // A clock that was years behind when they were made: what the id says of the time is not believed against all records.
        (await findLogs(reader, logs, ids, { ...bounds, fromNs: 0n })))
  const spans = seen === null ? bounds : around(seen)
  const named = seen?.traceIds ?? []
  const traceIds = traces === null ? [] : await tracesOf(reader, traces, ids, named, spans)
  return { ids, untilNs, logs: seen, logRecords: seen?.records ?? 0, spans, traceIds }
}

/** All records that are there, as bodies that the ingest takes, whichever come first. */
export function readSessions(
  reader: TeamReader,
  { logs, traces }: RawTables,
  place: Place,
  { factsOnly }: ReadOptions,
): AsyncGenerator<Body> {
  return merged([
    ...(logs === null || place.logs === null ? [] : readLogs(reader, logs, place.ids, place.logs, factsOnly)),
    ...(traces === null || place.traceIds.length === 0
      ? []
      : [readSpans(reader, traces, place.traceIds, place.spans, factsOnly)]),
  ])
}

/** How many there are, each once. */
export async function countRecords(
  reader: TeamReader,
  { logs, traces }: RawTables,
  place: Place,
): Promise<{ readonly logs: number; readonly spans: number }> {
  return {
    spans: traces === null ? 0 : await countSpans(reader, traces, place),
    logs:
      logs === null || place.logs === null
        ? 0
        : await count(
            reader,
            `SELECT toString(uniqExact(Timestamp, TraceId, ${told('SpanId')}, ${told('Body')}, ${allAttributes(logs, 'LogAttributes')})) AS records
             FROM otel_logs WHERE ${ofLogs(logs)}`,
            { ids: place.ids, ...asParams(place.logs) },
          ),
  }
}

export async function countSpans(reader: TeamReader, traces: RawTable, { traceIds, spans }: Place): Promise<number> {
  let counted = 0
  for (const some of chunksOf(traceIds))
    counted += await count(
      reader,
      `SELECT toString(uniqExact(TraceId, SpanId)) AS records FROM otel_traces
       WHERE ${within(traces)} AND TraceId IN {traceIds:Array(String)}`,
      { traceIds: some, ...asParams(spans) },
    )
  return counted
}

async function count(reader: TeamReader, query: string, params: object): Promise<number> {
  const [row] = await reader.rows<{ records: string }>(query, params as Params)
  return Number(row?.records ?? 0)
}

async function findLogs(
  reader: TeamReader,
  logs: RawTable,
  ids: readonly string[],
  bounds: Bounds,
): Promise<(Bounds & { readonly records: number; readonly traceIds: readonly string[] }) | null> {
  const [found] = await reader.rows<{ fromNs: string; toNs: string; records: string; traceIds: readonly string[] }>(
    `SELECT ${spreadColumns}, groupUniqArrayIf(TraceId, TraceId != '') AS traceIds FROM otel_logs WHERE ${ofLogs(logs)}`,
    { ids, ...asParams(bounds) },
  )
  const seen = spreadOf(found)
  return seen === null ? null : { ...seen, traceIds: found?.traceIds ?? [] }
}

/** `named`: what the logs know. That spans know another is rare, so that both are asked at once. */
async function tracesOf(
  reader: TeamReader,
  traces: RawTable,
  ids: readonly string[],
  named: readonly string[],
  bounds: Bounds,
): Promise<readonly string[]> {
  const found = new Set(named)
  const select = `SELECT DISTINCT TraceId AS id FROM otel_traces WHERE ${within(traces)}`
  const ask = async (query: string, params: object): Promise<readonly string[]> => {
    const rows = await reader.rows<{ id: string }>(query, { ...params, ...asParams(bounds) })
    const others = rows.map(({ id }) => id).filter((id) => !found.has(id))
    for (const id of others) found.add(id)
    return others
  }
  // A client's request names the turn alone, and its trace may hold nothing else.
  const turn = turnOf(traces)
  const requests = async (known: readonly string[]): Promise<void> => {
    for (const some of chunksOf(known))
      await ask(
        `${select} AND SpanName IN {requests:Array(String)} AND ${turn} IN (
         SELECT ${turn} FROM otel_traces WHERE ${within(traces)} AND TraceId IN {known:Array(String)} AND ${turn} != '')`,
        { requests: turnRequests, known: some },
      )
  }
  const ofThese = `${mayName(traces, 'SpanAttributes')} AND ${conversation(traces, 'SpanAttributes')} IN {ids:Array(String)}`
  const [others] = await Promise.all([ask(`${select} AND ${ofThese}`, { ids }), requests(named)])
  await requests(others)
  return [...found]
}

const ofLogs = (logs: RawTable): string =>
  `${within(logs)} AND ${mayName(logs, 'LogAttributes')} AND hasAny(${conversations(logs)}, {ids:Array(String)})`

function readLogs(
  reader: TeamReader,
  logs: RawTable,
  ids: readonly string[],
  bounds: Bounds,
  factsOnly: boolean,
): readonly AsyncGenerator<Body>[] {
  const rowsOfThese = `${logColumns(logs)} FROM otel_logs WHERE ${ofLogs(logs)}`
  const select = `SELECT DISTINCT ${rowsOfThese}`
  const delta = isDelta(logs)
  // A session lasts from its first to its last record, whatever that is. Of those between nobody wants to know whether they are the same.
  const ends = ['ASC', 'DESC'].map(
    (order) =>
      `(SELECT ${rowsOfThese} AND ${delta} ORDER BY Timestamp ${order} LIMIT 1 BY ${conversation(logs, 'LogAttributes')})`,
  )
  const queries = factsOnly ? [`${select} AND NOT ${delta}`, ends.join(' UNION DISTINCT ')] : [select]
  return queries.map((query) => askLogs(reader, query, { ids, ...asParams(bounds) }))
}

async function* askLogs(reader: TeamReader, query: string, params: Params): AsyncGenerator<Body> {
  for await (const rows of reader.stream<LogRow>(query, params))
    yield { signal: 'logs', encoding: 'protobuf', bytes: requestOf(rows, writeLog), holds: rows.length }
}

async function* readSpans(
  reader: TeamReader,
  traces: RawTable,
  traceIds: readonly string[],
  bounds: Bounds,
  factsOnly: boolean,
): AsyncGenerator<Body> {
  const query = `SELECT ${spanColumns(traces)} FROM otel_traces WHERE ${within(traces)} AND TraceId IN {traceIds:Array(String)}
    ${factsOnly ? `AND (${isLinked(traces, linkKeyNames)} OR SpanName = {serverStart:String})` : ''} LIMIT 1 BY TraceId, SpanId`
  for (const some of chunksOf(traceIds))
    for await (const rows of reader.stream<SpanRow>(query, {
      ...{ traceIds: some, ...asParams(bounds) },
      // It names nothing, and its name tells.
      ...(factsOnly ? { serverStart } : {}),
    }))
      yield { signal: 'traces', encoding: 'protobuf', bytes: requestOf(rows, writeSpan), holds: rows.length }
}
