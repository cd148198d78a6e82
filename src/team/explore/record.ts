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
import { readRef } from './refs.ts'
import { rawTable, readable, type ExploreStore } from './store.ts'

/** A record whole, by the place that a list named. */
export async function recordAt(store: ExploreStore, ref: string): Promise<{ record: WholeRecord }> {
  const place = readRef(ref)
  if (place === null) throw new ProcedureError('bad_request', 'ref: not a place that a list named')
  const bound = { ...place, rawDatabase: store.database, fromNs: place.timeNs, toNs: place.timeNs }
  const one = async <R extends SentBy>(table: RawTable, query: string): Promise<R> => {
    const [row] = await store.reader.rows<R>(`${query} AND ${within(table)} LIMIT 1`, bound)
    if (row === undefined) throw new ProcedureError('not_found', 'the raw record is no longer stored')
    return row
  }
  if (place.signal === 'logs') {
    const logs = readable(store.tables.logs, 'otel_logs')
    const query = `SELECT ${logColumns(logs)} FROM ${rawTable('otel_logs')} WHERE ${logOrder} = {order:UInt64}`
    return { record: recordFrom('logs', requestOf([await one<LogRow>(logs, query)], writeLog)) }
  }
  const traces = readable(store.tables.traces, 'otel_traces')
  const query = `SELECT ${spanColumns(traces)} FROM ${rawTable('otel_traces')}
    WHERE TraceId = {traceId:String} AND SpanId = {spanId:String}`
  return { record: recordFrom('traces', requestOf([await one<SpanRow>(traces, query)], writeSpan)) }
}

/** Through the wire and back, so that it is written as home writes it. */
export function recordFrom(signal: Exclude<Signal, 'metrics'>, request: Uint8Array): WholeRecord {
  const read = toJson(() => requestType(signal))(request) as unknown as Record<string, [Group]>
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
