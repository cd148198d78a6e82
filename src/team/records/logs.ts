import type { RawTable } from './generation.ts'
import { idOf } from './id-of.ts'
import type { SentBy } from './request.ts'
import { restoreAttributes, type StoredAttributes } from './restore.ts'
import { allAttributes, attributesAsText, told } from './spelling.ts'
import type { Wire } from './wire.ts'

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
  return `toString(toUnixTimestamp64Nano(Timestamp)) AS timeNs, ${told('TraceId')} AS traceId,
    ${told('SpanId')} AS spanId, ifNull(SeverityNumber, 0) AS severity, ${told('SeverityText')} AS severityText,
    ${told('Body')} AS body, ${table.columns.has('EventName') ? told('EventName') : "''"} AS event,
    ${told('ScopeName')} AS scope, ${told('ScopeVersion')} AS scopeVersion,
    ${attributesAsText(table, 'ResourceAttributes')} AS resource, ${allAttributes(table, 'LogAttributes')} AS attributes`
}

/** The exporter keeps one time: the record's own, and where that was 0 when it was observed. */
export function writeLog(wire: Wire, row: LogRow): void {
  wire.fixed64(1, BigInt(row.timeNs))
  wire.int(2, row.severity)
  wire.text(3, row.severityText)
  if (row.body !== '')
    wire.message(5, () => {
      wire.value({ stringValue: row.body })
    })
  wire.attributes(6, restoreAttributes(row.attributes))
  wire.id(9, idOf(row.traceId, 32))
  wire.id(10, idOf(row.spanId, 16))
  wire.text(12, row.event)
}
