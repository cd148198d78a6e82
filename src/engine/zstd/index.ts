import { mostInBlock, newFrameState, unpackBlock, type FrameState } from './block.ts'

/** A window that is larger than any level of Zstandard makes is somebody's mistake. */
const mostWindow = 128 * 1024 * 1024

/**
 * Unpacks Zstandard (RFC 8878), for runtimes that cannot: Node before 22.15, which Electron 33 has. Frames follow each other; checksums are
 * passed over, and dictionaries are not known. `read` answers the next so many bytes, fewer at the end. Each piece is used again.
 */
export function* unpackZstd(read: (count: number) => Uint8Array): Generator<Uint8Array, void> {
  const next = (count: number): Uint8Array => {
    const bytes = read(count)
    if (bytes.length < count) throw new Error('the Zstandard data is cut off')
    return bytes
  }
  for (let magic = read(4); magic.length > 0; magic = read(4)) {
    const kind = number(magic)
    if (kind >= 0x184d2a50 && kind <= 0x184d2a5f) next(number(next(4)))
    else if (kind === 0xfd2fb528) yield* frame(next)
    else throw new Error('this is no Zstandard data')
  }
}

function* frame(next: (count: number) => Uint8Array): Generator<Uint8Array, void> {
  const [head = 0] = next(1)
  const isSingle = (head & 32) !== 0
  const [window = 0] = isSingle ? [] : next(1)
  if (number(next([0, 1, 2, 4][head & 3] ?? 0)) !== 0) throw new Error('the Zstandard data needs a dictionary')
  const sizeBytes = head >> 6 === 0 ? Number(isSingle) : 1 << (head >> 6)
  const size = number(next(sizeBytes)) + (sizeBytes === 2 ? 256 : 0)
  const windowBytes = isSingle ? size : 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8)
  if (windowBytes > mostWindow) throw new Error('the Zstandard data needs too much memory')
  const out = new Uint8Array((isSingle ? 1 : 2) * windowBytes + mostInBlock)
  const state = newFrameState()
  for (let [at, isLast] = [0, false]; !isLast;) {
    if (at + mostInBlock > out.length) {
      out.copyWithin(0, at - windowBytes, at)
      at = windowBytes
    }
    const block = number(next(3))
    isLast = (block & 1) === 1
    const end = oneBlock((block >> 1) & 3, block >> 3, next, state, out, at)
    yield out.subarray(at, end)
    at = end
  }
  if ((head & 4) !== 0) next(4)
}

function oneBlock(
  kind: number,
  size: number,
  next: (count: number) => Uint8Array,
  state: FrameState,
  out: Uint8Array,
  at: number,
): number {
  if (kind === 3 || size > mostInBlock) throw new Error('the Zstandard data is damaged')
  if (kind === 2) return unpackBlock(next(size), state, out, at, mostInBlock)
  if (kind === 0) out.set(next(size), at)
  else out.fill(next(1)[0] ?? 0, at, at + size)
  return at + size
}

function number(bytes: Uint8Array): number {
  return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0)
}

/** All of it at once. */
export function unpackedZstd(packed: Uint8Array): Buffer {
  let at = 0
  const read = (count: number): Uint8Array => {
    const bytes = packed.subarray(at, at + count)
    at += bytes.length
    return bytes
  }
  const pieces: Buffer[] = []
  for (const piece of unpackZstd(read)) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}
