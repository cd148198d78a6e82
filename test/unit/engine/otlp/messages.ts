import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Signal } from '../../../../src/model/signal.ts'
import type { OtlpJson, OtlpObject } from '../../../../src/engine/otlp/read-message.ts'
import { requestType } from '../../../../src/engine/otlp/schema.ts'
import { shapeOf, type FieldShape, type Shape } from '../../../../src/engine/otlp/shape.ts'
import { toJson } from '../../../../src/engine/otlp/to-json.ts'

export const signals: readonly Signal[] = ['traces', 'logs', 'metrics']

/** Codex 0.169.0's own bodies. */
export function captured(name: string): Uint8Array {
  return readFileSync(new URL(`../../../fixtures/otlp/${name}`, import.meta.url))
}

export function requestToJson(signal: Signal, body: Uint8Array): OtlpObject {
  return toJson(() => requestType(signal))(body)
}

export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

/** A trace request with one span; `span` is its JSON. */
export function oneSpan(span: unknown): unknown {
  return { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }
}

/** Any request, in the form that the way back gives: defaults and empty lists left out. */
export function anyRequest(signal: Signal): fc.Arbitrary<OtlpObject> {
  return anyMessage(shapeOf(requestType(signal)), 3)
}

function anyMessage(shape: Shape, values: number): fc.Arbitrary<OtlpObject> {
  const inner = shape.name === 'AnyValue' ? values - 1 : values
  const members = shape.fields.filter((field) => inner > 0 || field.message === null)
  const parts = members.map((field): [string, fc.Arbitrary<OtlpJson>] => [field.name, anyField(field, inner)])
  const exclusive = members.filter((field) => field.rivals.length > 0).map((field) => field.name)
  return fc
    .tuple(fc.record(Object.fromEntries(parts), { requiredKeys: [] }), fc.nat())
    .map(([message, choice]) => withoutRivals(message, exclusive, choice))
}

/** Keeps one member of the oneof. No OTLP message has two. */
function withoutRivals(message: Partial<OtlpObject>, exclusive: readonly string[], choice: number): OtlpObject {
  const present = exclusive.filter((name) => message[name] !== undefined)
  const kept = present[choice % present.length]
  const entries = Object.entries(message).filter(([name]) => name === kept || !exclusive.includes(name))
  return Object.fromEntries(entries.filter((entry): entry is [string, OtlpJson] => entry[1] !== undefined))
}

function anyField(field: FieldShape, values: number): fc.Arbitrary<OtlpJson> {
  const one = field.message ? anyMessage(field.message, values) : anyScalar(field)
  // Attributes may be many; of the messages that hold them two are enough, or a request would be thousands of values.
  const maxLength = field.message?.name === 'KeyValue' ? 4 : 2
  if (field.repeated) return fc.array(one, { minLength: 1, maxLength, size: 'small' })
  return field.presence ? one : one.filter((value) => !isDefault(field, value))
}

function isDefault(field: FieldShape, value: OtlpJson): boolean {
  return value === 0 || value === '' || value === false || (value === '0' && field.kind !== 'string')
}

function anyScalar(field: FieldShape): fc.Arbitrary<OtlpJson> {
  const text = (bigint: bigint) => String(bigint)
  switch (field.kind) {
    case 'bytes':
      return fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'))
    case 'id':
      return fc
        .uint8Array({ minLength: field.idBytes, maxLength: field.idBytes })
        .map((id) => Buffer.from(id).toString('hex'))
    case 'bool':
      return fc.boolean()
    case 'enum':
    case 'sint32':
      return fc.integer()
    case 'double':
      return fc.double().map((value) => (Number.isFinite(value) ? value + 0 : String(value)))
    case 'uint32':
    case 'fixed32':
      return fc.integer({ min: 0, max: 0xffffffff })
    case 'int64':
    case 'sfixed64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(text)
    case 'uint64':
    case 'fixed64':
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(text)
    default:
      return fc.string({ unit: 'binary', maxLength: 60 })
  }
}
