import { Decompress, ZstdErrorCode, type ZstdError } from 'fzstd'

/** Unpacks what is handed over, in memory that is not used again, and answers what came of it; the last may be empty. */
type Unpacker = (packed: Uint8Array, isLast: boolean) => Buffer[]

/** What is handed over at a time, in bytes: these may hold a thousand blocks, each of 128 KiB when it is unpacked. */
export const packedBytes = 4 * 1024

/**
 * Zstandard where the runtime cannot unpack it: Node before 22.15, which Electron 33 has. Frames follow each other; checksums are passed
 * over.
 */
export function zstdUnpacker(): Unpacker {
  let pieces: Buffer[] = []
  const unpacker = new Decompress(
    ({ buffer, byteOffset, length }) => length > 0 && pieces.push(Buffer.from(buffer, byteOffset, length)),
  )
  return (packed, isLast) => {
    pieces = []
    try {
      unpacker.push(packed, isLast)
    } catch (error) {
      throw new Error(inWords(error as ZstdError), { cause: error })
    }
    return pieces
  }
}

function inWords({ code }: ZstdError): string {
  if (code === ZstdErrorCode.UnexpectedEOF) return 'the Zstandard data is cut off'
  if (code === ZstdErrorCode.WindowSizeTooLarge) return 'the Zstandard data needs too much memory'
  return 'this is not Zstandard data, or it is damaged'
}

/** `read` answers the next so many bytes, none at the end, in memory that is not used again. */
export function* unpackZstd(read: (count: number) => Uint8Array): Generator<Buffer, void> {
  const unpack = zstdUnpacker()
  for (let packed = read(packedBytes); packed.length > 0;) {
    const next = read(packedBytes)
    yield* unpack(packed, next.length === 0)
    packed = next
  }
}

/** All of it at once. */
export function unpackedZstd(packed: Uint8Array): Buffer {
  let at = 0
  return Buffer.concat([...unpackZstd((count) => packed.subarray(at, (at += count)))])
}
