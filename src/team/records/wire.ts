import type { AnyValue, KeyValue } from './restore.ts'

/** A length is written behind what it counts, in four bytes that were kept for it: protobuf lets a number be longer than it has to be. */
const lengthBytes = 4
const usualBytes = 256 * 1024

const delimited = 2
const fixed = 1

/**
 * Writes protobuf field by field as rows come in: a shard makes twenty thousand spans a second, for which it takes too long to build the
 * objects that a general writer looks through. Defaults are left out, as the specification has it.
 */
export class Wire {
  #bytes = Buffer.allocUnsafe(usualBytes)
  #at = 0

  finish(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#at)
    bytes.set(this.#bytes.subarray(0, this.#at))
    return bytes
  }

  message(field: number, write: () => void): void {
    this.#tag(field, delimited)
    this.#room(lengthBytes)
    const from = (this.#at += lengthBytes)
    write()
    const length = this.#at - from
    for (let i = 0; i < lengthBytes; i++)
      this.#bytes[from - lengthBytes + i] = ((length >>> (7 * i)) & 0x7f) | (i < lengthBytes - 1 ? 0x80 : 0)
  }

  /** A message that is written already. */
  written(field: number, bytes: Uint8Array): void {
    this.#tag(field, delimited)
    this.#varint(bytes.length)
    this.fields(bytes)
  }

  /** Of a message that is written already, in place of writing them. */
  fields(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }

  text(field: number, text: string): void {
    if (text !== '') this.#text(field, text, Buffer.byteLength(text))
  }

  /** An id in hexadecimal digits. */
  id(field: number, hex: string): void {
    if (hex === '') return
    this.#tag(field, delimited)
    this.#varint(hex.length / 2)
    this.#room(hex.length / 2)
    this.#at += this.#bytes.write(hex, this.#at, 'hex')
  }

  int(field: number, value: number): void {
    if (value === 0) return
    this.#tag(field, 0)
    this.#varint(value)
  }

  fixed64(field: number, value: bigint): void {
    if (value === 0n) return
    this.#tag(field, fixed)
    this.#room(8)
    this.#at = this.#bytes.writeBigUInt64LE(BigInt.asUintN(64, value), this.#at)
  }

  attributes(field: number, attributes: readonly KeyValue[]): void {
    for (const { key, value } of attributes)
      if ('stringValue' in value) this.#pair(field, key, value.stringValue)
      else
        this.message(field, () => {
          this.text(1, key)
          this.message(2, () => {
            this.value(value)
          })
        })
  }

  /** What an AnyValue is made of. */
  value(value: AnyValue): void {
    if ('stringValue' in value) this.#text(1, value.stringValue, Buffer.byteLength(value.stringValue))
    else if ('boolValue' in value) {
      this.#tag(2, 0)
      this.#varint(value.boolValue ? 1 : 0)
    } else if ('intValue' in value) {
      this.#tag(3, 0)
      this.#varint64(BigInt.asUintN(64, BigInt(value.intValue)))
    } else if ('doubleValue' in value) {
      this.#tag(4, fixed)
      this.#room(8)
      this.#at = this.#bytes.writeDoubleLE(value.doubleValue, this.#at)
    } else if ('arrayValue' in value)
      this.message(5, () => {
        for (const one of value.arrayValue.values)
          this.message(1, () => {
            this.value(one)
          })
      })
  }

  /** Nearly all attributes are texts, whose lengths can be told before they are written. */
  #pair(field: number, key: string, value: string): void {
    const [keyBytes, valueBytes] = [Buffer.byteLength(key), Buffer.byteLength(value)]
    const ofKey = key === '' ? 0 : 1 + sizeOf(keyBytes) + keyBytes
    const ofValue = 1 + sizeOf(valueBytes) + valueBytes
    this.#tag(field, delimited)
    this.#varint(ofKey + 1 + sizeOf(ofValue) + ofValue)
    if (key !== '') this.#text(1, key, keyBytes)
    this.#tag(2, delimited)
    this.#varint(ofValue)
    this.#text(1, value, valueBytes)
  }

  #text(field: number, text: string, bytes: number): void {
    this.#tag(field, delimited)
    this.#varint(bytes)
    this.#room(bytes)
    // As many bytes as characters: each is one.
    this.#at += this.#bytes.write(text, this.#at, bytes === text.length ? 'latin1' : 'utf8')
  }

  #tag(field: number, wireType: number): void {
    this.#room(1)
    // All fields of OTLP's records are below 16.
    this.#bytes[this.#at++] = (field << 3) | wireType
  }

  #varint(value: number): void {
    this.#room(5)
    let left = value
    for (; left > 0x7f; left >>>= 7) this.#bytes[this.#at++] = (left & 0x7f) | 0x80
    this.#bytes[this.#at++] = left
  }

  #varint64(value: bigint): void {
    this.#room(10)
    let left = value
    for (; left > 0x7fn; left >>= 7n) this.#bytes[this.#at++] = Number(left & 0x7fn) | 0x80
    this.#bytes[this.#at++] = Number(left)
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * Math.max(this.#bytes.length, this.#at + bytes))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

const sizeOf = (value: number): number => (value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : 4)
