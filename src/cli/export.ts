import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openStoredSession } from '../engine/exchange/stored-session.ts'
import { noteElsewhere } from './note-elsewhere.ts'
import type { ExportOptions } from './options/exchange.ts'

/** Writes a session to a file or to standard output, a piece at a time. */
export async function exportSession(options: ExportOptions, version: string): Promise<void> {
  const { session: named, format, redact, conversation, output } = options
  if (conversation && format !== 'json') throw new Error('only --format json can include the conversation')
  const file = output === null ? null : resolve(output)
  if (file !== null && !options.force && existsSync(file))
    throw new Error(`${file} already exists (--force overwrites it)`)
  const session = await openStoredSession(options.dataDir, {
    session: named,
    folder: process.cwd(),
    format,
    redact,
    conversation,
    version,
  })
  noteElsewhere(session.found)
  try {
    const pieces = Readable.from(session.pieces())
    if (file === null) await toStandardOutput(pieces)
    else await toFile(pieces, file)
  } finally {
    session.close()
  }
}

async function toStandardOutput(pieces: Readable): Promise<void> {
  try {
    await pipeline(pieces, process.stdout, { end: false })
  } catch (error) {
    // Whoever reads may have seen enough, as `head` has.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
}

/** A file that is there is whole: it gets its name when all is written. */
async function toFile(pieces: Readable, file: string): Promise<void> {
  const unfinished = `${file}.${String(process.pid)}.part`
  try {
    await pipeline(pieces, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }))
    renameSync(unfinished, file)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}
