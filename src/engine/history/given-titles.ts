import { statSync } from 'node:fs'
import { join } from 'node:path'
import { titlesOf } from '../../model/codex/rollout/session-index.ts'
import { readRegularFile } from '../regular-file.ts'
import type { Db } from '../store/database.ts'
import { readSettings } from '../store/settings.ts'

/** A line is 150 bytes: more than a hundred thousand titles. */
const mostBytes = 16 * 1024 * 1024
/** What a list of thousands asks for is looked at once. */
const freshMs = 1000

/**
 * Titles that Codex or its user gave to sessions, from `session_index.jsonl` of the homes whose session files were read: read when somebody
 * looks, and kept in memory, for the database holds no text. Empty where prompts are left out, for Codex makes titles from them.
 */
export function givenTitles(db: Db): () => ReadonlyMap<string, string> {
  const homes = db.prepare<[], string>('SELECT DISTINCT home FROM rollout_file').pluck()
  // An export of another Colophon holds the words that its sessions were known by there.
  const imported = db
    .prepare<[], [string, string]>(
      'SELECT session_id, title FROM import_rollout WHERE title IS NOT NULL ORDER BY rollout_id',
    )
    .raw()
  const byHome = new Map<string, Kept>()
  let kept: { readonly atMs: number; readonly titles: ReadonlyMap<string, string> } | null = null
  return () => {
    const nowMs = performance.now()
    if (kept === null || nowMs - kept.atMs > freshMs) {
      const isLeftOut = readSettings(db).privacy?.dropPrompts === true
      const ofHomes = (): [string, string][] => homes.all().flatMap((home) => [...titlesIn(home, byHome)])
      const titles = new Map(isLeftOut ? [] : [...imported.all(), ...ofHomes()])
      kept = { atMs: nowMs, titles }
    }
    return kept.titles
  }
}

interface Kept {
  /** Of the file that they were read from. */
  readonly mark: string
  readonly titles: ReadonlyMap<string, string>
}

/** Homes without the file are the rule; one that cannot be read gives no titles, and the prompt stands instead. */
function titlesIn(home: string, kept: Map<string, Kept>): ReadonlyMap<string, string> {
  try {
    const path = join(home, 'session_index.jsonl')
    const { size, mtimeMs, ino } = statSync(path)
    const mark = [size, mtimeMs, ino].join(' ')
    const known = kept.get(home)
    if (known?.mark === mark) return known.titles
    const titles = titlesOf(readRegularFile(path, { mostBytes, followsLinks: false }).bytes.toString())
    kept.set(home, { mark, titles })
    return titles
  } catch {
    return new Map()
  }
}
