import { closeSync, readSync } from 'node:fs'
import zlib from 'node:zlib'
import { headline } from '../../model/codex/settle/headline.ts'
import { headOfParsed } from '../../model/codex/rollout/head.ts'
import { asPart } from '../../model/codex/rollout/payload.ts'
import { promptText } from '../../model/codex/rollout/records/prompt.ts'
import { readerOf } from './rollout-source.ts'
import { openRegularFile } from '../regular-file.ts'
import type { Db } from '../store/database.ts'
import { unpackZstd } from '../zstd.ts'
import { readSettings } from '../store/settings.ts'

interface FirstPrompt {
  readonly path: string
  readonly offset: number
  readonly bytes: number
  readonly atMs: number
}

/** A longer line holds images, and is no title's worth. */
const longestBytes = 1024 * 1024
const mostKept = 20_000
/** Of a packed file: some three times as much when it is unpacked, and in it the first prompt. */
const packedBytes = 256 * 1024
const mostUnpacked = 16 * 1024 * 1024

/**
 * Titles of sessions whose prompt stands in Codex's file alone: read from there when somebody looks, and kept in memory, for the database
 * holds no text. null where the file is gone, where prompts are left out, and where the prompt of a packed file does not stand near its
 * beginning.
 */
export function fileTitles(db: Db): (sessionId: string) => string | null {
  const first = db.prepare<[string], FirstPrompt>(
    `SELECT path, offset, rollout_prompt.bytes AS bytes, at_ms AS atMs FROM rollout_prompt JOIN rollout_file USING (rollout_id)
     WHERE session_id = ? ORDER BY at_ms, rollout_id, offset LIMIT 1`,
  )
  const kept = new Map<string, string | null>()
  return (sessionId) => {
    if (readSettings(db).privacy?.dropPrompts === true) return null
    const place = first.get(sessionId)
    if (place === undefined || place.bytes > longestBytes) return null
    const key = `${place.path} ${String(place.offset)} ${String(place.atMs)}`
    const known = kept.get(key)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept.clear()
    const title = titleAt(place)
    // One that could not be read may be there again.
    if (title !== null) kept.set(key, title)
    return title
  }
}

function titleAt({ path, offset, bytes, atMs }: FirstPrompt): string | null {
  try {
    const { fd } = openRegularFile(path, false)
    try {
      const words = path.endsWith('.zst') ? unpackedAt(fd, offset, bytes) : bytesAt(fd, offset, bytes)
      const line: unknown = JSON.parse(words.toString())
      // A file that was written anew may hold another line there, until it is read again.
      if (Date.parse(headOfParsed(line)?.timestamp ?? '') !== atMs) return null
      return headline(promptText(asPart(asPart(line as never).payload)))
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
}

function bytesAt(fd: number, offset: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  return buffer.subarray(0, readSync(fd, buffer, 0, length, offset))
}

/** Of a packed file only the beginning is unpacked; one that ends before the line throws. */
function unpackedAt(fd: number, offset: number, length: number): Buffer {
  if (typeof zlib.zstdDecompressSync !== 'function') return unpackedSlowlyAt(fd, offset, length)
  const beginning = zlib.zstdDecompressSync(bytesAt(fd, 0, packedBytes), {
    finishFlush: zlib.constants.ZSTD_e_flush,
    maxOutputLength: mostUnpacked,
  })
  return beginning.subarray(offset, offset + length)
}

function unpackedSlowlyAt(fd: number, offset: number, length: number): Buffer {
  const pieces: Buffer[] = []
  let unpacked = 0
  for (const piece of unpackZstd(readerOf(fd))) {
    pieces.push(piece)
    unpacked += piece.length
    if (unpacked >= Math.min(offset + length, mostUnpacked)) break
  }
  return Buffer.concat(pieces).subarray(offset, offset + length)
}
