import { closeSync, readSync } from 'node:fs'
import zlib from 'node:zlib'
import { headline } from '../../model/codex/settle/headline.ts'
import { asPart } from '../../model/codex/rollout/payload.ts'
import { promptText } from '../../model/codex/rollout/records/prompt.ts'
import { openRegularFile } from '../regular-file.ts'
import type { Db } from '../store/database.ts'
import { readSettings } from '../store/settings.ts'

interface FirstPrompt {
  readonly path: string
  readonly offset: number
  readonly bytes: number
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
    `SELECT path, offset, rollout_prompt.bytes AS bytes FROM rollout_prompt JOIN rollout_file USING (rollout_id)
     WHERE session_id = ? ORDER BY at_ms, rollout_id, offset LIMIT 1`,
  )
  const kept = new Map<string, string | null>()
  return (sessionId) => {
    if (readSettings(db).privacy?.dropPrompts === true) return null
    const place = first.get(sessionId)
    if (place === undefined || place.bytes > longestBytes) return null
    const key = `${place.path} ${String(place.offset)}`
    const known = kept.get(key)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept.clear()
    const title = titleAt(place)
    // One that could not be read may be there again.
    if (title !== null) kept.set(key, title)
    return title
  }
}

function titleAt({ path, offset, bytes }: FirstPrompt): string | null {
  try {
    const { fd } = openRegularFile(path, false)
    try {
      const words = path.endsWith('.zst') ? unpackedAt(fd, offset, bytes) : bytesAt(fd, offset, bytes)
      const line: unknown = JSON.parse(words.toString())
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

/** Of a packed file only the beginning is unpacked; a runtime that cannot do it throws, as for one that ends before the line. */
function unpackedAt(fd: number, offset: number, length: number): Buffer {
  const beginning = zlib.zstdDecompressSync(bytesAt(fd, 0, packedBytes), {
    finishFlush: zlib.constants.ZSTD_e_flush,
    maxOutputLength: mostUnpacked,
  })
  return beginning.subarray(offset, offset + length)
}
