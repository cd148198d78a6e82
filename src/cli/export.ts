import { createWriteStream, existsSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openStoredSession } from '../engine/exchange/stored-session.ts'
import { isFolder } from '../engine/is-folder.ts'
import { sayingWhy } from '../engine/saying-why.ts'
import { noteElsewhere } from './note-elsewhere.ts'
import type { ExportOptions } from './options/exchange.ts'

/** Writes a session to a file or to standard output, a piece at a time. */
export async function exportSession(options: ExportOptions, version: string): Promise<void> {
  const { session: named, format, redact, conversation, output } = options
  if (conversation && format !== 'json') throw new Error('only --format json can include the conversation')
  const file = output === null ? null : resolve(output)
  if (file !== null) checkPlace(file, options.force)
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
  // Of its own failures the stream tells by itself, once, or is silent where whoever reads has seen enough.
  let failure: unknown
  process.stdout.once('error', (error: unknown) => (failure = error))
  try {
    await pipeline(pieces, process.stdout, { end: false })
  } catch (error) {
    if (error !== failure) throw error
  }
}

function checkPlace(file: string, force: boolean): void {
  if (!existsSync(dirname(file))) throw new Error(`there is no folder ${dirname(file)}`)
  if (isFolder(file)) throw new Error(`${file} is a folder`)
  if (!force && existsSync(file)) throw new Error(`${file} already exists (--force overwrites it)`)
}

/** A file that is there is whole: it gets its name when all is written. What a link leads to is written, and the link stays. */
async function toFile(pieces: Readable, file: string): Promise<void> {
  const there = statSync(file, { throwIfNoEntry: false })
  // A device or a pipe takes what is written to it; a file of its name in its place would end it for everybody.
  if (there !== undefined && !there.isFile()) return await pipeline(pieces, createWriteStream(file))
  const target = there === undefined ? file : realpathSync(file)
  const unfinished = `${target}.${String(process.pid)}.part`
  try {
    await pipeline(pieces, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }))
    renameSync(unfinished, target)
  } catch (error) {
    rmSync(unfinished, { force: true })
    sayingWhy(`${file} cannot be written`, () => {
      throw error
    })
  }
}
