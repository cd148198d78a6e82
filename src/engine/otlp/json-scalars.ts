import type { Writer } from 'protobufjs'
import type { FieldShape } from './shape.ts'

/** Whether the tag is written: always, not for a default value (which is then left out), or never (inside a packed list). */
export type Tagged = 'always' | 'unless default' | 'bare'

const loneSurrogate = /\p{Cs}/gu
const notBase64 = /[^A-Za-z0-9+/_=-]/
const notHex = /[^0-9A-Fa-f]/
const integerText = /^-?\d{1,20}$/
const numberText = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** Writes one JSON value as the field asks. Returns what is wrong with the value, undefined when it was written. */
export function writeScalar(writer: Writer, field: FieldShape, value: unknown, tagged: Tagged): string | undefined {
  switch (field.kind) {
    case 'string':
      if (typeof value !== 'string') return 'not a string'
      if (isTagged(writer, field, tagged, value === '')) writer.string(value.replace(loneSurrogate, '\ufffd'))
      return
    case 'bytes': {
      if (typeof value !== 'string' || notBase64.test(value)) return 'not base64'
      const bytes = Buffer.from(value, 'base64')
      if (isTagged(writer, field, tagged, bytes.length === 0)) writer.bytes(bytes)
      return
    }
    case 'id':
      if (typeof value !== 'string' || notHex.test(value)) return 'not hexadecimal'
      if (value.length !== 0 && value.length !== field.idBytes * 2) return `not ${field.idBytes * 2} hexadecimal digits`
      if (isTagged(writer, field, tagged, value === '')) writer.bytes(Buffer.from(value, 'hex'))
      return
    case 'bool':
      if (typeof value !== 'boolean') return 'not true or false'
      if (isTagged(writer, field, tagged, !value)) writer.bool(value)
      return
    case 'double': {
      const number = doubleOf(value)
      if (number === undefined) return 'not a number'
      if (isTagged(writer, field, tagged, Object.is(number, 0))) writer.double(number)
      return
    }
    default:
      return writeInteger(writer, field, value, tagged)
  }
}

function writeInteger(writer: Writer, field: FieldShape, value: unknown, tagged: Tagged): string | undefined {
  switch (field.kind) {
    case 'enum': {
      const number = typeof value === 'string' ? (field.enumValues[value] ?? integerOf(value)) : integerOf(value)
      if (!isWithin(number, -0x80000000, 0x7fffffff)) return 'not a value of the enum'
      if (isTagged(writer, field, tagged, number === 0)) writer.int32(number)
      return
    }
    case 'uint32':
    case 'fixed32': {
      const number = integerOf(value)
      if (!isWithin(number, 0, 0xffffffff)) return 'not an unsigned 32-bit integer'
      if (isTagged(writer, field, tagged, number === 0)) writer[field.kind](number)
      return
    }
    case 'sint32': {
      const number = integerOf(value)
      if (!isWithin(number, -0x80000000, 0x7fffffff)) return 'not a 32-bit integer'
      if (isTagged(writer, field, tagged, number === 0)) writer.sint32(number)
      return
    }
    case 'int64':
    case 'sfixed64':
      return writeLong(writer, field, integerOf(value), tagged, -(2n ** 63n), 'not a 64-bit integer')
    default:
      return writeLong(writer, field, integerOf(value), tagged, 0n, 'not an unsigned 64-bit integer')
  }
}

function writeLong(
  writer: Writer,
  field: FieldShape,
  value: number | bigint | undefined,
  tagged: Tagged,
  least: bigint,
  problem: string,
): string | undefined {
  const greatest = least + (2n ** 64n - 1n)
  if (value === undefined || value < least || value > greatest) return problem
  if (!isTagged(writer, field, tagged, value === 0)) return
  const whole = BigInt.asUintN(64, BigInt(value))
  const low = Number(whole & 0xffffffffn)
  const high = Number(whole >> 32n)
  if (field.kind === 'fixed64' || field.kind === 'sfixed64') writer.fixed32(low).fixed32(high)
  else if (high === 0) writer.uint32(low)
  else writer.raw(varint(whole))
  return
}

/** Written here, because the Writer's own 64-bit integers lose digits where the bundle has no library for them. */
function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

function isTagged(writer: Writer, field: FieldShape, tagged: Tagged, isDefault: boolean): boolean {
  if (tagged === 'unless default' && isDefault) return false
  if (tagged !== 'bare') writer.uint32(field.tag)
  return true
}

/** An exact integer: a number up to 2^53, else a BigInt. */
function integerOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value
    return Number.isInteger(value) ? BigInt(value) : undefined
  }
  if (typeof value !== 'string' || !integerText.test(value)) return undefined
  return value.length <= 15 ? Number(value) : BigInt(value)
}

function isWithin(value: number | bigint | undefined, least: number, greatest: number): value is number {
  return typeof value === 'number' && value >= least && value <= greatest
}

function doubleOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  return numberText.test(value) ? Number(value) : undefined
}
