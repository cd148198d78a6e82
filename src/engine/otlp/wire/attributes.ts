import { noAttributes, type AttributeValue, type Attributes } from '../../../model/attributes.ts'
import type { Cursor } from './cursor.ts'

/**
 * Reads one KeyValue message. Scalars become what they are (integers a number where that is exact, else text),
 * arrays and maps nested plain values; an empty value is null.
 */
export function readKeyValue(cursor: Cursor, into: Attributes): void {
  const end = cursor.length() + cursor.position
  let key = ''
  let value: AttributeValue = null
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 10) key = cursor.text()
    else if (tag === 18) value = readAnyValue(cursor, 0)
    else cursor.skip(tag & 7)
  }
  into[key] = value
}

/** Deep enough for any real value; the limits cut at 64 before this is reached. */
const maxDepth = 100

export function readAnyValue(cursor: Cursor, depth: number): AttributeValue {
  const end = cursor.length() + cursor.position
  let value: AttributeValue = null
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 10) value = cursor.text()
    else if (tag === 16) value = cursor.varint() !== 0
    else if (tag === 24) value = exactNumber(cursor.int64())
    else if (tag === 33) value = cursor.double()
    else if ((tag === 42 || tag === 50) && depth < maxDepth) value = readNested(cursor, tag, depth)
    else if (tag === 58) value = readBytes(cursor)
    else cursor.skip(tag & 7)
  }
  return value
}

function readNested(cursor: Cursor, tag: number, depth: number): AttributeValue {
  const end = cursor.length() + cursor.position
  const items: AttributeValue[] = []
  const map = noAttributes()
  while (cursor.position < end) {
    const inner = cursor.tag()
    if (inner !== 10) cursor.skip(inner & 7)
    else if (tag === 42) items.push(readAnyValue(cursor, depth + 1))
    else readNestedPair(cursor, map, depth)
  }
  return tag === 42 ? items : map
}

function readNestedPair(cursor: Cursor, into: Attributes, depth: number): void {
  const end = cursor.length() + cursor.position
  let key = ''
  let value: AttributeValue = null
  while (cursor.position < end) {
    const tag = cursor.tag()
    if (tag === 10) key = cursor.text()
    else if (tag === 18) value = readAnyValue(cursor, depth + 1)
    else cursor.skip(tag & 7)
  }
  into[key] = value
}

function readBytes(cursor: Cursor): string {
  const length = cursor.length()
  const start = cursor.position
  cursor.position += length
  return cursor.buffer.toString('base64', start, cursor.position)
}

function exactNumber(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}
