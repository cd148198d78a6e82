import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { piecesOfRegularFile } from '../regular-file.ts'
import { ImportError } from './import-error.ts'
import { unpacked } from './unpacked.ts'

/** A file that can be read more than once. */
export interface ImportSource {
  readonly name: string
  /** As it lies there, packed or not. */
  readonly bytes: number
  open(): AsyncIterable<Buffer>
}

/** So small that what is done with one, were it nothing but ends of lines, holds the thread for some milliseconds. */
const chunkBytes = 64 * 1024

/** Throws ImportError where there is no such file. */
export function fileSource(path: string): ImportSource {
  let bytes = 0
  try {
    const stat = statSync(path)
    if (!stat.isFile()) throw new ImportError('not a file')
    bytes = stat.size
  } catch (error) {
    if (error instanceof ImportError) throw error
    throw new ImportError(wordsOf(error), { cause: error })
  }
  return { name: basename(path), bytes, open: () => piecesOfRegularFile(path, chunkBytes) }
}

export function memorySource(name: string, content: Buffer): ImportSource {
  return { name, bytes: content.length, open: () => Readable.from(slices(content), { objectMode: true }) }
}

function* slices(content: Buffer): Generator<Buffer, void> {
  for (let at = 0; at < content.length; at += chunkBytes) yield content.subarray(at, at + chunkBytes)
}

/** What is told while a file is read. */
export interface Reading {
  /** So many bytes were taken from the source. */
  readonly read: (bytes: number) => void
  /** Gives way to others, and throws where the import was cancelled. Called by what was read and unpacked, not by what that holds. */
  readonly pause: () => Promise<void>
}

/** The content, unpacked where it is gzip or zstd. */
export async function* contentOf(source: ImportSource, reading: Reading): AsyncGenerator<Buffer, void> {
  for await (const chunk of withoutPauses(source, reading)) {
    await reading.pause()
    yield chunk
  }
}

async function* withoutPauses(source: ImportSource, { read }: Reading): AsyncGenerator<Buffer, void> {
  const counted = countedChunks(source, read)
  try {
    const first = await counted.next()
    if (first.done === true) return
    const whole = prepended(first.value, counted)
    yield* unpacked(first.value, whole, chunkBytes) ?? whole
  } finally {
    await counted.return()
  }
}

async function* countedChunks(source: ImportSource, read: (bytes: number) => void): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of source.open()) {
      read(chunk.length)
      yield chunk
    }
  } catch (error) {
    throw new ImportError(`it cannot be read: ${wordsOf(error)}`, { cause: error })
  }
}

async function* prepended(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield first
  yield* rest
}

function wordsOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'there is no such file'
  return error instanceof Error ? error.message : String(error)
}
