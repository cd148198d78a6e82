import { Readable, pipeline, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { packedBytes, zstdUnpacker } from '../zstd.ts'
import { ImportError } from './import-error.ts'

type Pieces = AsyncIterable<Buffer>

/** The content of a file that is packed; it is told by how the file begins. Null where it is not. */
export function unpacked(first: Buffer, whole: Pieces, chunkBytes: number): AsyncGenerator<Buffer, void> | null {
  if (first[0] === 0x1f && first[1] === 0x8b)
    return told('gzip', through(zlib.createGunzip({ chunkSize: chunkBytes }), whole))
  if (first.length >= 4 && first.readUInt32LE(0) === 0xfd2fb528) return told('zstd', frames(whole, chunkBytes))
  return null
}

async function* told(format: string, content: Pieces): AsyncGenerator<Buffer, void> {
  try {
    yield* content
  } catch (error) {
    if (error instanceof ImportError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new ImportError(`its ${format} data is damaged or cut off: ${why}`, { cause: error })
  }
}

/** Everything up to where the data is damaged, and only then the error. */
async function* through(unpack: Transform, packed: Pieces): AsyncGenerator<Buffer, void> {
  pipeline(Readable.from(packed), unpack, () => undefined)
  try {
    for await (const piece of unpack) yield piece as Buffer
  } catch (error) {
    // The stream is over at once, with what it had unpacked before still in it.
    for (let rest = next(unpack); rest !== null; rest = next(unpack)) yield rest
    throw error
  }
}

function next(stream: Transform): Buffer | null {
  return stream.read() as Buffer | null
}

/** A file may be several frames, one after the other; a decompressor stops after one, wherever in a piece that ends. */
async function* frames(packed: Pieces, chunkBytes: number): AsyncGenerator<Buffer, void> {
  const { createZstdDecompress }: Partial<typeof zlib> = zlib
  if (createZstdDecompress === undefined) return yield* slowly(packed)
  const source = packed[Symbol.asyncIterator]()
  let waiting: Buffer[] = []
  do {
    const unpack = createZstdDecompress({ chunkSize: chunkBytes })
    /** What was handed over, from `givenFrom` on, until it is known to be used. */
    const given: Buffer[] = waiting
    let givenFrom = 0
    const forget = (): void => {
      for (let first = given[0]; first && givenFrom + first.length <= unpack.bytesWritten; first = given[0]) {
        givenFrom += first.length
        given.shift()
      }
    }
    const feed = async function* (): AsyncGenerator<Buffer, void> {
      yield* [...given]
      for (let piece = await source.next(); piece.done !== true; piece = await source.next()) {
        forget()
        given.push(piece.value)
        yield piece.value
      }
    }
    yield* through(unpack, feed())
    forget()
    const [partly, ...others] = given
    waiting = partly === undefined ? [] : [partly.subarray(unpack.bytesWritten - givenFrom), ...others]
    if (waiting.length === 0) {
      const piece = await source.next()
      if (piece.done !== true) waiting = [piece.value]
    }
  } while (waiting.length > 0)
}

/** Where the runtime cannot. */
async function* slowly(packed: Pieces): AsyncGenerator<Buffer, void> {
  const unpack = zstdUnpacker()
  for await (const piece of packed)
    for (let at = 0; at < piece.length; at += packedBytes)
      yield* unpack(Uint8Array.from(piece.subarray(at, at + packedBytes)), false)
  yield* unpack(new Uint8Array(0), true)
}
