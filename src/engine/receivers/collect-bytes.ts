import { setImmediate as nextTurn } from 'node:timers/promises'

const smallestBlock = 16 * 1024

/** About a millisecond of copying. */
const largestBlock = 4 * 1024 * 1024

export interface CollectedBytes {
  readonly size: number
  append(chunk: Uint8Array): void
  /** Everything in one array that owns its buffer. */
  take(): Promise<Uint8Array<ArrayBuffer>>
}

/**
 * Gathers chunks of a known size, or of an unknown one (null), by copying them into larger blocks. Keeping the chunks
 * themselves would let a sender of one-byte chunks hold a hundred times its bytes.
 */
export function collectBytes(expected: number | null): CollectedBytes {
  const blocks: Uint8Array<ArrayBuffer>[] = []
  let block = new Uint8Array(expected ?? 0)
  let used = 0
  let size = 0

  return {
    get size() {
      return size
    },
    append(chunk) {
      for (let from = 0; from < chunk.length;) {
        if (used === block.length) {
          blocks.push(block)
          block = new Uint8Array(Math.min(Math.max(size, smallestBlock), largestBlock))
          used = 0
        }
        const part = chunk.subarray(from, from + block.length - used)
        block.set(part, used)
        used += part.length
        size += part.length
        from += part.length
      }
    },
    async take() {
      if (size === block.length) return block
      const whole = new Uint8Array(size)
      let at = 0
      for (const full of blocks) {
        whole.set(full, at)
        at += full.length
        await nextTurn()
      }
      whole.set(block.subarray(0, used), at)
      return whole
    },
  }
}

/** The bytes themselves where they own their buffer, a copy where they are a view of a larger one. */
export function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) return new Uint8Array(buffer)
  return new Uint8Array(bytes)
}
