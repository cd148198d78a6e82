import type { RawTable } from './generation.ts'
import { idOf } from './id-of.ts'
import type { SentBy } from './request.ts'
import { restoreAttributes, type StoredAttributes } from './restore.ts'
import { allAttributes } from './spelling.ts'

export interface LogRow extends SentBy {
  readonly timeNs: string
  readonly traceId: string
  readonly spanId: string
  readonly severity: number
  readonly severityText: string
  readonly body: string
  readonly event: string
  readonly attributes: StoredAttributes
}

/** 64-bit integers are asked for as text: they do not fit a number. */
export function logColumns(table: RawTable): string {
  return `toString(toUnixTimestamp64Nano(Timestamp)) AS timeNs, TraceId AS traceId, SpanId AS spanId,
    SeverityNumber AS severity, SeverityText AS severityText, Body AS body,
    ${table.columns.has('EventName') ? 'EventName' : "''"} AS event,
    ScopeName AS scope, ScopeVersion AS scopeVersion,
    ${allAttributes(table, 'ResourceAttributes')} AS resource, ${allAttributes(table, 'LogAttributes')} AS attributes`
}

/** The exporter keeps one time: the record's own, and where that was 0 when it was observed. */
export function logRecord(row: LogRow): object {
  return {
    timeUnixNano: row.timeNs,
    severityNumber: row.severity,
    severityText: row.severityText,
    ...(row.body === '' ? {} : { body: { stringValue: row.body } }),
    attributes: restoreAttributes(row.attributes),
    traceId: idOf(row.traceId, 32),
    spanId: idOf(row.spanId, 16),
    eventName: row.event,
  }
}
