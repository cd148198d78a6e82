import { ProcedureError } from '../../contract/result.ts'
import type { WholeRecord } from '../../engine/queries/records.ts'
import { requestType } from '../../engine/otlp/schema.ts'
import { toJson } from '../../engine/otlp/to-json.ts'
import type { Signal } from '../../model/signal.ts'
import type { RawTable } from '../records/generation.ts'
import { logColumns, writeLog, type LogRow } from '../records/logs.ts'
import { requestOf, type SentBy } from '../records/request.ts'
import { spanColumns, writeSpan, type SpanRow } from '../records/spans.ts'
import { within } from '../records/spelling.ts'
import { logOrder } from './logs.ts'
import { orNone, rawTable, type ExploreStore } from './store.ts'

/** A record whole, by the place that a list named. */
export async function recordAt(store: ExploreStore, ref: string): Promise<{ record: WholeRecord }> {
  const log = /^log:(\d{1,19}):(\d{1,20})$/.exec(ref)
  const span = /^span:(\d{1,19}):([0-9a-f]{32}):([0-9a-f]{16})$/.exec(ref)
  const [, timeNs] = log ?? span ?? []
  if (timeNs === undefined) throw new ProcedureError('bad_request', 'ref: not a place that a list named')
  const bound = { rawDatabase: store.database, fromNs: timeNs, toNs: timeNs }
  const one = async <R extends SentBy>(table: RawTable, query: string, params: object): Promise<R> => {
    const [row] = await store.reader.rows<R>(`${query} AND ${within(table)} LIMIT 1`, { ...bound, ...params })
    if (row === undefined) throw new ProcedureError('not_found', 'the raw record is no longer stored')
    return row
  }
  if (log !== null) {
    const logs = orNone(store.tables.logs, 'otel_logs')
    const query = `SELECT ${logColumns(logs)} FROM ${rawTable('otel_logs')} WHERE ${logOrder} = {order:UInt64}`
    return { record: recordFrom('logs', requestOf([await one<LogRow>(logs, query, { order: log[2] })], writeLog)) }
  }
  const traces = orNone(store.tables.traces, 'otel_traces')
  const query = `SELECT ${spanColumns(traces)} FROM ${rawTable('otel_traces')}
    WHERE TraceId = {traceId:String} AND SpanId = {spanId:String}`
  const row = await one<SpanRow>(traces, query, { traceId: span?.[2], spanId: span?.[3] })
  return { record: recordFrom('traces', requestOf([row], writeSpan)) }
}

/** Through the wire and back, so that it is written as home writes it. */
export function recordFrom(signal: Exclude<Signal, 'metrics'>, request: Uint8Array): WholeRecord {
  const read = toJson(requestType(signal))(request) as unknown as Record<string, [Group]>
  const [group] = Object.values(read)[0] ?? []
  const [scoped] = group?.scopeLogs ?? group?.scopeSpans ?? []
  const [record] = scoped?.logRecords ?? scoped?.spans ?? []
  return { resource: group?.resource ?? null, scope: scoped?.scope ?? null, record }
}

interface Group {
  readonly resource?: unknown
  readonly scopeLogs?: readonly [Scoped]
  readonly scopeSpans?: readonly [Scoped]
}

interface Scoped {
  readonly scope?: unknown
  readonly logRecords?: readonly unknown[]
  readonly spans?: readonly unknown[]
}
