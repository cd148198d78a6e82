/** Bits that are read from the last byte to the first, as Zstandard's streams are: what lies before the first byte is zeros. */
export class BackwardBits {
  readonly #bytes: Uint8Array
  readonly #from: number
  /** So many are left; below 0 where more were asked for. */
  left: number

  constructor(bytes: Uint8Array, from: number, to: number) {
    const last = to > from ? (bytes[to - 1] ?? 0) : 0
    if (last === 0) throw new Error('a stream of bits has no end mark')
    this.#bytes = bytes
    this.#from = from
    // The highest bit that is set only marks the end.
    this.left = (to - from) * 8 - (Math.clz32(last) - 24) - 1
  }

  /** At most 24. */
  peek(count: number): number {
    const at = this.left - count
    if (at < 0) return this.left <= 0 ? 0 : this.#at(0, this.left) << -at
    return this.#at(at, count)
  }

  read(count: number): number {
    if (count > 24) return this.read(count - 16) * 65536 + this.read(16)
    const value = this.peek(count)
    this.left -= count
    return value
  }

  #at(bit: number, count: number): number {
    const at = this.#from + (bit >> 3)
    const four =
      (this.#bytes[at] ?? 0) |
      ((this.#bytes[at + 1] ?? 0) << 8) |
      ((this.#bytes[at + 2] ?? 0) << 16) |
      ((this.#bytes[at + 3] ?? 0) << 24)
    return (four >>> (bit & 7)) & ((1 << count) - 1)
  }
}
