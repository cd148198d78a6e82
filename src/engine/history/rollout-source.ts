import { closeSync, fstatSync, readSync } from 'node:fs'
import zlib from 'node:zlib'
import { openRegularFile } from '../regular-file.ts'
import { unpackZstd } from '../zstd.ts'

/** Stays in the processor's cache until its lines are read, and is memory that is used again from file to file. */
const chunkBytes = 256 * 1024

/** Answers false to stop. */
type Take = (chunk: Buffer) => boolean | Promise<boolean>

/**
 * Hands the bytes of a session file to `take`, from `offset` of the unpacked content on, in pieces whose memory is used again. Only a
 * regular file is read, never one behind a link, and never written. `take` answers false to stop.
 */
export async function readRollout(path: string, packed: boolean, offset: number, take: Take): Promise<void> {
  const { fd: file } = openRegularFile(path, false)
  try {
    if (packed) await unpack(file, offset, take).catch(inWords)
    else await readPlain(file, offset, take)
  } finally {
    closeSync(file)
  }
}

/** Whoever reads what went wrong need not know what a frame is. */
function inWords(error: unknown): never {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ZSTD'))
    throw new Error(`its Zstandard data is damaged: ${error.message}`, { cause: error })
  throw error
}

async function readPlain(file: number, offset: number, take: Take): Promise<void> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (let at = offset; ;) {
    const read = readSync(file, buffer, 0, chunkBytes, at)
    if (read === 0 || !(await take(buffer.subarray(0, read)))) return
    at += read
    await breath()
  }
}

/** Lets the thread hear that it shall stop. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function unpack(file: number, offset: number, take: Take): Promise<void> {
  let passed = 0
  for await (const chunk of typeof zlib.createZstdDecompress === 'function' ? unpacked(file) : unpackedSlowly(file)) {
    const skipped = Math.min(chunk.length, Math.max(0, offset - passed))
    passed += chunk.length
    if (skipped < chunk.length && !(await take(chunk.subarray(skipped)))) return
  }
}

/** Frames may follow each other, and a decompressor stops after one. */
async function* unpacked(file: number): AsyncGenerator<Buffer, void> {
  let at = 0
  do {
    const unpacking = frameAt(file, at)
    yield* unpacking as AsyncIterable<Buffer>
    at += unpacking.bytesWritten
  } while (at < fstatSync(file).size)
}

function frameAt(file: number, from: number): zlib.ZstdDecompress {
  const unpacking = zlib.createZstdDecompress({ chunkSize: chunkBytes })
  const packed = Buffer.allocUnsafe(chunkBytes)
  let at = from
  const feed = (): void => {
    const read = readSync(file, packed, 0, chunkBytes, at)
    at += read
    if (read === 0) unpacking.end()
    else unpacking.write(Buffer.from(packed.subarray(0, read)), (error) => (error ? undefined : feed()))
  }
  feed()
  return unpacking
}

/** Where the runtime cannot, which is slower. */
async function* unpackedSlowly(file: number): AsyncGenerator<Buffer, void> {
  for (const block of unpackZstd(readerOf(file))) {
    yield block
    await breath()
  }
}

/** The next so many bytes of a file, fewer at its end. */
export function readerOf(file: number): (count: number) => Buffer {
  let at = 0
  return (count) => {
    const bytes = Buffer.alloc(count)
    let read = 0
    for (let some = -1; some !== 0 && read < count; read += some)
      some = readSync(file, bytes, read, count - read, at + read)
    at += read
    return bytes.subarray(0, read)
  }
}
