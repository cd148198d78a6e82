import { closeSync, readSync } from 'node:fs'
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

/**
 * Titles of sessions whose prompt stands in Codex's file alone: read from there when somebody looks, and kept in memory, for the database
 * holds no text. null where the file is gone or packed, or where prompts are left out.
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
    if (place === undefined || place.path.endsWith('.zst') || place.bytes > longestBytes) return null
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
      const buffer = Buffer.alloc(bytes)
      const line: unknown = JSON.parse(buffer.toString('utf8', 0, readSync(fd, buffer, 0, bytes, offset)))
      return headline(promptText(asPart(asPart(line as never).payload)))
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
}
