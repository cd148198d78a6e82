import type { RawTable } from './generation.ts'
import { idOf } from './id-of.ts'
import type { SentBy } from './request.ts'
import { restoreAttributes, type StoredAttributes } from './restore.ts'
import { allAttributes, attributesAsText, told } from './spelling.ts'
import type { Wire } from './wire.ts'

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
  return `toString(toUnixTimestamp64Nano(Timestamp)) AS startNs, toString(ifNull(Duration, 0)) AS durationNs,
    TraceId AS traceId, SpanId AS spanId, ${told('ParentSpanId')} AS parentId, ${told('TraceState')} AS state,
    ${told('SpanName')} AS name, ${told('SpanKind')} AS kind, ${told('StatusCode')} AS status,
    ${told('StatusMessage')} AS message, ${told('ScopeName')} AS scope, ${told('ScopeVersion')} AS scopeVersion,
    ${attributesAsText(table, 'ResourceAttributes')} AS resource, ${allAttributes(table, 'SpanAttributes')} AS attributes,
    arrayMap((t, n, a) -> (toString(toUnixTimestamp64Nano(t)), n, ${allAttributes(table, 'a')}), \`Events.Timestamp\`,
      \`Events.Name\`, \`Events.Attributes\`) AS events`
}

/** `Client` since 2024, `SPAN_KIND_CLIENT` before: the last word tells, and is its place here. */
const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statuses = ['unset', 'ok', 'error'] as const

const numberOf = (words: readonly string[], said: string): number =>
  Math.max(0, words.indexOf(said.slice(said.lastIndexOf('_') + 1).toLowerCase()))

export const statusOf = (said: string): (typeof statuses)[number] => statuses[numberOf(statuses, said)] ?? 'unset'

export function writeSpan(wire: Wire, row: SpanRow): void {
  const startNs = BigInt(row.startNs)
  wire.id(1, idOf(row.traceId, 32))
  wire.id(2, idOf(row.spanId, 16))
  wire.text(3, row.state)
  wire.id(4, idOf(row.parentId, 16))
  wire.text(5, row.name)
  wire.int(6, numberOf(kinds, row.kind))
  wire.fixed64(7, startNs)
  // The exporter subtracts in 64 bits, so that a span without an end has a duration that leads back to 0.
  wire.fixed64(8, startNs + BigInt(row.durationNs))
  wire.attributes(9, restoreAttributes(row.attributes))
  for (const [timeNs, name, attributes] of row.events)
    wire.message(11, () => {
      wire.fixed64(1, BigInt(timeNs))
      wire.text(2, name)
      wire.attributes(3, restoreAttributes(attributes))
    })
  const code = numberOf(statuses, row.status)
  if (code !== 0 || row.message !== '')
    wire.message(15, () => {
      wire.text(2, row.message)
      wire.int(3, code)
    })
}
