import type { TreeRow } from '../../../model/tree/row.ts'

/** Readers of a span in OTLP/JSON's field names, whose shape the engine does not promise: what does not fit is left out. */
function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

/** The span itself, wherever the answer has put it among its resource and scope. */
function spanIn(value: unknown): unknown {
  return property(value, 'spanId') === undefined ? (property(value, 'span') ?? value) : value
}

/** An OTLP AnyValue as text (opentelemetry-proto, common.proto). */
function anyValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value)
  const [kind, inner] = entries[0] ?? ['', '']
  const simple = ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'bytesValue']
  return simple.includes(kind) ? String(inner) : JSON.stringify(inner)
}

export function spanFields(value: unknown): readonly { readonly name: string; readonly value: string }[] {
  const span = spanIn(value)
  const fixed = ['spanId', 'parentSpanId', 'traceId'].flatMap((name) => {
    const text = property(span, name)
    return typeof text === 'string' && text !== '' ? [{ name, value: text }] : []
  })
  const attributes = property(span, 'attributes')
  if (!Array.isArray(attributes)) return fixed
  const own = attributes.flatMap((attribute: unknown) => {
    const key = property(attribute, 'key')
    return typeof key === 'string' ? [{ name: key, value: anyValue(property(attribute, 'value')) }] : []
  })
  return [...fixed, ...own]
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
    status: code === 2 || code === 'STATUS_CODE_ERROR' ? 'error' : 'ok',
    spanCount: 1,
    parts: [],
    note: '',
    sessionId: '',
    turnId: null,
    callId: null,
  }
}
