import type { RawTable } from './generation.ts'
import { idOf } from './id-of.ts'
import type { SentBy } from './request.ts'
import { restoreAttributes, type StoredAttributes } from './restore.ts'
import { allAttributes } from './spelling.ts'

export interface SpanRow extends SentBy {
  readonly startNs: string
  readonly durationNs: string
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly state: string
  readonly name: string
  readonly kind: string
  readonly status: string
  readonly message: string
  readonly attributes: StoredAttributes
  readonly events: readonly (readonly [timeNs: string, name: string, attributes: StoredAttributes])[]
}

export function spanColumns(table: RawTable): string {
  return `toString(toUnixTimestamp64Nano(Timestamp)) AS startNs, toString(Duration) AS durationNs, TraceId AS traceId,
    SpanId AS spanId, ParentSpanId AS parentId, TraceState AS state, SpanName AS name, SpanKind AS kind,
    StatusCode AS status, StatusMessage AS message, ScopeName AS scope, ScopeVersion AS scopeVersion,
    ${allAttributes(table, 'ResourceAttributes')} AS resource, ${allAttributes(table, 'SpanAttributes')} AS attributes,
    arrayMap((t, n, a) -> (toString(toUnixTimestamp64Nano(t)), n, ${allAttributes(table, 'a')}), \`Events.Timestamp\`,
      \`Events.Name\`, \`Events.Attributes\`) AS events`
}

/** `Client` since 2024, `SPAN_KIND_CLIENT` before: the last word tells, and is its place here. */
const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statuses = ['unset', 'ok', 'error']

const numberOf = (words: readonly string[], said: string): number =>
  Math.max(0, words.indexOf(said.slice(said.lastIndexOf('_') + 1).toLowerCase()))

export function spanRecord(row: SpanRow): object {
  // The exporter subtracts in 64 bits, so that a span without an end has a duration that leads back to 0.
  const endNs = BigInt.asUintN(64, BigInt(row.startNs) + BigInt(row.durationNs))
  return {
    traceId: idOf(row.traceId, 32),
    spanId: idOf(row.spanId, 16),
    traceState: row.state,
    parentSpanId: idOf(row.parentId, 16),
    name: row.name,
    kind: numberOf(kinds, row.kind),
    startTimeUnixNano: row.startNs,
    endTimeUnixNano: String(endNs),
    attributes: restoreAttributes(row.attributes),
    events: row.events.map(([timeUnixNano, name, attributes]) => ({
      timeUnixNano,
      name,
      attributes: restoreAttributes(attributes),
    })),
    status: { code: numberOf(statuses, row.status), message: row.message },
  }
}
