/** Bytes that come in many small pieces, held as one: a Buffer for each piece would take a hundred times the room of what it holds. */
export class BytesJoined {
  #bytes = Buffer.alloc(64 * 1024)
  #length = 0

  get length(): number {
    return this.#length
  }

  add(piece: Uint8Array): void {
    const needed = this.#length + piece.length
    if (needed > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(needed, 2 * this.#bytes.length))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    this.#bytes.set(piece, this.#length)
    this.#length = needed
  }

  /** Ends of lines. */
  addLines(count: number): void {
    for (let left = count; left > 0; left -= lines.length) this.add(lines.subarray(0, Math.min(left, lines.length)))
  }

  whole(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }
}

const lines = Buffer.alloc(4096, 10)
