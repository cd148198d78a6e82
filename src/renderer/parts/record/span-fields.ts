import type { TreeRow } from '../../../model/tree/row.ts'

/** Readers of a span in OTLP/JSON's field names, whose shape the engine does not promise: what does not fit is left out. */
function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

/** The span itself: the answer has it as `record`, beside its resource and scope. */
function spanIn(value: unknown): unknown {
  return property(value, 'record') ?? value
}

/** An OTLP AnyValue as a plain one (opentelemetry-proto, common.proto): `["stop"]`, not what its list is wrapped in. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value)
  const [kind, inner] = entries[0] ?? ['', '']
  if (kind === 'arrayValue' || kind === 'kvlistValue') {
    const values = property(inner, 'values')
    const items: readonly unknown[] = Array.isArray(values) ? values : []
    if (kind === 'arrayValue') return items.map(plain)
    return Object.fromEntries(items.map((item) => [String(property(item, 'key')), plain(property(item, 'value'))]))
  }
  if (kind === 'intValue' && Number.isSafeInteger(Number(inner))) return Number(inner)
  return inner
}

function anyValue(value: unknown): string {
  const known = plain(value)
  return typeof known === 'object' && known !== null ? JSON.stringify(known) : String(known)
}

export interface Field {
  readonly name: string
  readonly value: string
}

/** OTLP's list of key-value pairs as texts. */
function keyValues(attributes: unknown): readonly Field[] {
  if (!Array.isArray(attributes)) return []
  return attributes.flatMap((attribute: unknown) => {
    const key = property(attribute, 'key')
    return typeof key === 'string' ? [{ name: key, value: anyValue(property(attribute, 'value')) }] : []
  })
}

export function spanFields(value: unknown): readonly Field[] {
  const span = spanIn(value)
  const fixed = ['spanId', 'parentSpanId', 'traceId'].flatMap((name) => {
    const text = property(span, name)
    return typeof text === 'string' && text !== '' ? [{ name, value: text }] : []
  })
  return [...fixed, ...keyValues(property(span, 'attributes'))]
}

/** What the process that sent the span says of itself. */
export function resourceFields(value: unknown): readonly Field[] {
  return keyValues(property(property(value, 'resource'), 'attributes'))
}

export interface SpanEvent {
  readonly name: string
  readonly timeMs: number
  readonly fields: readonly Field[]
}

export function spanEvents(value: unknown): readonly SpanEvent[] {
  const events = property(spanIn(value), 'events')
  if (!Array.isArray(events)) return []
  return events.map((event: unknown) => {
    const name = property(event, 'name')
    return {
      name: typeof name === 'string' ? name : '',
      timeMs: milliseconds(property(event, 'timeUnixNano')),
      fields: keyValues(property(event, 'attributes')),
    }
  })
}

/** Nanoseconds since 1970 are larger than a double holds: milliseconds and their rest are taken apart as text. */
function milliseconds(value: unknown): number {
  const digits = typeof value === 'string' || typeof value === 'number' ? String(value) : '0'
  return Number(digits.slice(0, -6) || '0') + Number(digits.slice(-6)) / 1e6
}

/** The row of a raw span, for the head of its details. */
export function spanRow(id: string, value: unknown): TreeRow | null {
  const span = spanIn(value)
  const name = property(span, 'name')
  if (typeof name !== 'string') return null
  const startMs = milliseconds(property(span, 'startTimeUnixNano'))
  const code = property(property(span, 'status'), 'code')
  return {
    id,
    parentId: null,
    kind: 'raw',
    label: name,
    detail: '',
    startMs,
    durationMs: Math.max(0, milliseconds(property(span, 'endTimeUnixNano')) - startMs),
    atMost: false,
    untimed: false,
    status: code === 2 || code === 'STATUS_CODE_ERROR' ? 'error' : 'ok',
    spanCount: 1,
    failures: 0,
    parts: [],
    note: '',
    sessionId: '',
    turnId: null,
    callId: null,
  }
}
