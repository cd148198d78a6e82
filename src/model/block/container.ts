/**
 * Columns in one binary block, so that a million rows cross the boundary without a million objects. Layout, little-endian:
 * length of the header in 16-bit units (uint32), the header as UTF-16 JSON, then each column at a multiple of 8 bytes.
 * A column of texts is two: UTF-16 units, and where each text ends.
 */
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

const types = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
} as const

type TypeName = keyof typeof types

interface Header<M> {
  readonly meta: M
  readonly columns: readonly { readonly name: string; readonly type: TypeName; readonly length: number }[]
}

export function packBlock(meta: object, columns: Readonly<Record<string, Column>>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(columns)
  const header: Header<object> = {
    meta,
    columns: entries.map(([name, column]) => ({ name, type: typeOf(column), length: column.length })),
  }
  const json = JSON.stringify(header)
  const start = aligned(4 + json.length * 2)
  const size = entries.reduce((at, [, column]) => at + aligned(column.byteLength), start)
  const block = new Uint8Array(size)
  new DataView(block.buffer).setUint32(0, json.length, true)
  const units = new Uint16Array(block.buffer, 4, json.length)
  for (let i = 0; i < json.length; i++) units[i] = json.charCodeAt(i)
  let at = start
  for (const [, column] of entries) {
    block.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at)
    at += aligned(column.byteLength)
  }
  return block
}

/** Throws when the bytes are no block. The columns are views into the bytes, nothing is copied. */
export function unpackBlock<M>(bytes: Uint8Array): {
  meta: M
  column: <T extends TypeName>(name: string, type: T) => InstanceType<(typeof types)[T]>
} {
  // Views need their place in the buffer to be a multiple of their width.
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
  const { buffer, byteOffset, byteLength } = whole
  const units = byteLength < 4 ? 0 : new DataView(buffer, byteOffset).getUint32(0, true)
  if (units === 0 || 4 + units * 2 > byteLength) throw new Error('not a block of columns')
  const { meta, columns } = JSON.parse(textOf(new Uint16Array(buffer, byteOffset + 4, units))) as Header<M>
  const places = new Map<string, { type: TypeName; at: number; length: number }>()
  let at = aligned(4 + units * 2)
  for (const { name, type, length } of columns) {
    places.set(name, { type, at, length })
    at += aligned(length * types[type].BYTES_PER_ELEMENT)
  }
  if (at > byteLength) throw new Error('a block of columns that ends early')
  return {
    meta,
    column: (name, type) => {
      const place = places.get(name)
      if (place?.type !== type) throw new Error(`the block has no column ${name} of type ${type}`)
      return new types[type](buffer as ArrayBuffer, byteOffset + place.at, place.length) as InstanceType<
        (typeof types)[typeof type]
      >
    },
  }
}

function typeOf(column: Column): TypeName {
  if (column instanceof Float64Array) return 'f64'
  if (column instanceof Int32Array) return 'i32'
  if (column instanceof Uint32Array) return 'u32'
  return column instanceof Uint16Array ? 'u16' : 'u8'
}

function aligned(size: number): number {
  return (size + 7) & ~7
}

/** Many texts as one column of UTF-16 units and one of their ends. */
export function packTexts(texts: readonly string[]): { units: Uint16Array; ends: Uint32Array } {
  const ends = new Uint32Array(texts.length)
  const units = new Uint16Array(texts.reduce((sum, text) => sum + text.length, 0))
  let at = 0
  texts.forEach((text, index) => {
    for (let i = 0; i < text.length; i++) units[at++] = text.charCodeAt(i)
    ends[index] = at
  })
  return { units, ends }
}

export function textAt(units: Uint16Array, ends: Uint32Array, index: number): string {
  return textOf(units.subarray(index === 0 ? 0 : ends[index - 1], ends[index]))
}

/** `fromCharCode` takes its units as arguments, of which an engine allows some ten thousands. */
const mostArguments = 8192

function textOf(units: Uint16Array): string {
  if (units.length <= mostArguments) return String.fromCharCode(...units)
  let text = ''
  for (let at = 0; at < units.length; at += mostArguments)
    text += String.fromCharCode(...units.subarray(at, at + mostArguments))
  return text
}
