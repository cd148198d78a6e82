import { MalformedBody } from './malformed.ts'
import { deepestNesting, type FieldShape, type Shape } from './shape.ts'
import type { Cursor } from './wire/cursor.ts'

export type OtlpJson = string | number | boolean | OtlpJson[] | OtlpObject

/** A message in OTLP/JSON form. */
export interface OtlpObject {
  [name: string]: OtlpJson
}

/** Reads fields up to the cursor's end. `depth` counts the AnyValue messages around. */
export function readMessage(cursor: Cursor, shape: Shape, into: OtlpObject, depth: number): void {
  const inner = shape.name === 'AnyValue' ? depth + 1 : depth
  if (inner > deepestNesting) throw new MalformedBody(`nested deeper than ${deepestNesting}`)
  while (cursor.position < cursor.end) {
    const tag = cursor.tag()
    const field = shape.byNumber[tag >>> 3]
    if (field?.tag === tag) readField(cursor, field, into, inner)
    else if (field?.repeated && (tag & 7) === 2) readPacked(cursor, field, into)
    else cursor.skip(tag & 7)
  }
}

function readField(cursor: Cursor, field: FieldShape, into: OtlpObject, depth: number): void {
  for (const rival of field.rivals) if (Object.hasOwn(into, rival)) delete into[rival]
  if (field.repeated) {
    listOf(into, field).push(field.message ? readNested(cursor, field.message, {}, depth) : readScalar(cursor, field))
  } else if (field.message) {
    // A message given twice is merged, as protobuf asks.
    const earlier = into[field.name]
    into[field.name] = readNested(cursor, field.message, isObject(earlier) ? earlier : {}, depth)
  } else {
    const value = readScalar(cursor, field)
    if (field.presence || !isDefault(field, value)) into[field.name] = value
    else if (Object.hasOwn(into, field.name)) delete into[field.name]
  }
}

function readNested(cursor: Cursor, shape: Shape, into: OtlpObject, depth: number): OtlpObject {
  const outerEnd = cursor.end
  const length = cursor.length()
  cursor.end = cursor.position + length
  readMessage(cursor, shape, into, depth)
  cursor.end = outerEnd
  return into
}

function readPacked(cursor: Cursor, field: FieldShape, into: OtlpObject): void {
  const list = listOf(into, field)
  const outerEnd = cursor.end
  const length = cursor.length()
  cursor.end = cursor.position + length
  while (cursor.position < cursor.end) list.push(readScalar(cursor, field))
  cursor.end = outerEnd
}

function readScalar(cursor: Cursor, field: FieldShape): OtlpJson {
  switch (field.kind) {
    case 'string':
      return cursor.text()
    case 'bytes':
      return readBytes(cursor).toString('base64')
    case 'id':
      return readBytes(cursor).toString('hex')
    case 'bool':
      return cursor.int64() !== 0n
    case 'double': {
      const value = cursor.double()
      return Number.isFinite(value) ? value : String(value)
    }
    case 'enum':
      return cursor.varint() | 0
    case 'uint32':
      return cursor.varint()
    case 'sint32': {
      const value = cursor.varint()
      return (value >>> 1) ^ -(value & 1)
    }
    case 'fixed32': {
      const at = cursor.position
      cursor.skip(5)
      return cursor.buffer.readUInt32LE(at)
    }
    case 'int64':
      return String(cursor.int64())
    case 'uint64':
      return String(BigInt.asUintN(64, cursor.int64()))
    case 'sfixed64':
      return String(BigInt.asIntN(64, cursor.fixed64()))
    default:
      return String(cursor.fixed64())
  }
}

function readBytes(cursor: Cursor): Buffer {
  const length = cursor.length()
  const start = cursor.position
  cursor.position += length
  return cursor.buffer.subarray(start, cursor.position)
}

function listOf(into: OtlpObject, field: FieldShape): OtlpJson[] {
  const known = into[field.name]
  if (Array.isArray(known)) return known
  const list: OtlpJson[] = []
  into[field.name] = list
  return list
}

/** 64-bit zeros are the text "0", which is no default in a text. */
function isDefault(field: FieldShape, value: OtlpJson): boolean {
  return value === '' || value === false || Object.is(value, 0) || (value === '0' && field.kind !== 'string')
}

function isObject(value: OtlpJson | undefined): value is OtlpObject {
  return typeof value === 'object' && !Array.isArray(value)
}
