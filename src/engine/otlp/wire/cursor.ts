import { MalformedBody } from '../malformed.ts'

/**
 * A position in protobuf wire bytes. Reads what the partial decoders need and skips the rest, without copying.
 * Every read is bounded by `end`; running over it is a MalformedBody that names the offset.
 */
export class Cursor {
  readonly buffer: Buffer
  position: number
  end: number

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.position = position
    this.end = end
  }

  fail(what: string): never {
    throw new MalformedBody(`${what} at byte ${this.position}`)
  }

  /** A varint of at most 32 bits; higher bits are dropped, as protobuf asks for 32-bit fields. */
  varint(): number {
    const { buffer } = this
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.position >= this.end) this.fail('message ends inside a number')
      const byte = buffer[this.position++] as number
      if (shift < 32) value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    return this.fail('number longer than ten bytes')
  }

  /** Field number and wire type of the next field. */
  tag(): number {
    const tag = this.varint()
    if (tag >>> 3 === 0) this.fail('field number 0')
    return tag
  }

  /** Reads a length and checks that so many bytes follow; the position stays behind the length. */
  length(): number {
    const length = this.varint()
    if (length > this.end - this.position) this.fail(`length ${length} runs past the end of its message`)
    return length
  }

  /** Skips over the bytes of a field of wire type 0, 1, 2 or 5. */
  skip(wireType: number): void {
    if (wireType === 0) {
      this.varint()
      return
    }
    if (wireType === 2) {
      const length = this.length()
      this.position += length
      return
    }
    const width = wireType === 1 ? 8 : wireType === 5 ? 4 : this.fail(`unknown wire type ${wireType}`)
    if (this.end - this.position < width) this.fail('message ends inside a number')
    this.position += width
  }

  fixed64(): bigint {
    if (this.end - this.position < 8) this.fail('message ends inside a number')
    const value = this.buffer.readBigUInt64LE(this.position)
    this.position += 8
    return value
  }

  /** A whole varint, as a signed 64-bit integer. */
  int64(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.position >= this.end) this.fail('message ends inside a number')
      const byte = this.buffer[this.position++] as number
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, value)
    }
    return this.fail('number longer than ten bytes')
  }

  double(): number {
    if (this.end - this.position < 8) this.fail('message ends inside a number')
    const value = this.buffer.readDoubleLE(this.position)
    this.position += 8
    return value
  }

  /** A length-delimited text. Bytes that are no UTF-8 become U+FFFD. */
  text(): string {
    const length = this.length()
    const start = this.position
    this.position += length
    return this.buffer.toString('utf8', start, this.position)
  }
}
