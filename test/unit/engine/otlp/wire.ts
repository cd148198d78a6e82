import { varintOf } from '../../../../src/engine/otlp/edits.ts'

/** A length-delimited field. */
export function field(number: number, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([varintOf((number << 3) | 2), varintOf(bytes.length), bytes])
}

export function varintField(number: number, value: number): Buffer {
  return Buffer.concat([varintOf(number << 3), varintOf(value)])
}

/** Puts `inner` into a field inside a field and so on, the last number outermost. Takes time in proportion to its depth. */
export function nest(inner: Uint8Array, numbers: readonly number[]): Buffer {
  const parts: Uint8Array[] = [inner]
  let length = inner.length
  for (const number of numbers) {
    const head = Buffer.concat([varintOf((number << 3) | 2), varintOf(length)])
    parts.push(head)
    length += head.length
  }
  return Buffer.concat(parts.reverse())
}

/** A trace request with one span. */
export function spanRequest(...fields: Uint8Array[]): Buffer {
  return nest(Buffer.concat(fields), [2, 2, 1])
}

/** A log request with one record. */
export function logRequest(...fields: Uint8Array[]): Buffer {
  return nest(Buffer.concat(fields), [2, 2, 1])
}

/** A KeyValue as a field. */
export function attribute(number: number, key: string, anyValue: Uint8Array): Buffer {
  return field(number, Buffer.concat([field(1, key), field(2, anyValue)]))
}
