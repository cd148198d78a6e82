import { hash } from 'node:crypto'
import { compress } from './compression.ts'

/** What the store keeps of a body beside its rows: its bytes, packed, and what tells it from others. */
export interface PackedBody {
  /** By `digestOf`. */
  readonly digest: Uint8Array
  readonly codec: number
  readonly bytes: Uint8Array
}

/** In memory of its own, which can be transferred. */
export interface PackedAhead extends PackedBody {
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The first 16 bytes of the SHA-256: of two bodies with the same ones the second is a repetition. */
export function digestOf(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer').subarray(0, 16)
}

/** Takes half a millisecond of a processor; a longer one would hold up the host's thread. */
const mostBytes = 512 * 1024

/**
 * The same on the host's thread, which has time while the writer has none: packing is a tenth of what a body costs the writer. null: the
 * writer packs it itself.
 */
export function packAhead(bytes: Uint8Array): PackedAhead | null {
  if (bytes.length === 0 || bytes.length > mostBytes) return null
  const { codec, bytes: packed } = compress(bytes)
  // What does not become smaller is stored as it came.
  return packed === bytes ? null : { digest: digestOf(bytes), codec, bytes: new Uint8Array(packed) }
}
