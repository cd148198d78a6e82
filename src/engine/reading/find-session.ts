import { sep } from 'node:path'
import type { Db } from '../store/database.ts'

const mostNamed = 5

/** The session whose id is this, or begins so. Throws an Error in words where there is none, or more than one. */
function findId(db: Db, prefix: string): string {
  const found = db
    .prepare<object, string>(
      `SELECT id FROM session WHERE id >= @prefix AND id < @prefix || char(${String(0x10ffff)}) ORDER BY id <> @prefix, first_ns DESC LIMIT @most`,
    )
    .pluck()
    .all({ prefix, most: mostNamed + 1 })
  if (found.includes(prefix)) return prefix
  const [only, ...others] = found
  if (only === undefined) throw new Error(`there is no session ${prefix}`)
  if (others.length > 0) {
    const names = found.slice(0, mostNamed).join(', ')
    throw new Error(`more than one session begins with ${prefix}: ${names}${found.length > mostNamed ? ', …' : ''}`)
  }
  return only
}

export interface FoundSession {
  readonly id: string
  /** Whether `last` was of no session of the folder, and so the newest of all is meant. */
  readonly elsewhere: boolean
}

/**
 * `named`: an id, how one begins, or `last`: the user's newest session that worked in `folder` or below it, else the newest of all.
 * Throws an Error in words.
 */
export function findSessionNamed(db: Db, named: string, folder: string): FoundSession {
  if (named !== 'last') return { id: findId(db, named), elsewhere: false }
  const last = newestSession(db, folder)
  if (last === null) throw new Error('there is no session yet')
  return last
}

/** What `last` means; null: there is no session yet. */
export function newestSession(db: Db, folder: string): FoundSession | null {
  const newest = (where: string): string | undefined =>
    db
      .prepare<object, string>(
        // In the order of an index, from the newest back: the one of kinds, kept away by `+`, would have all of them read and sorted.
        `SELECT id FROM session WHERE +kind = 'user' AND ${where} ORDER BY last_ns DESC, first_ns DESC LIMIT 1`,
      )
      .pluck()
      .get({ folder, below: folder.endsWith(sep) ? folder : folder + sep })
  const here = newest('(folder = @folder OR substr(folder, 1, length(@below)) = @below)')
  const id = here ?? newest('@folder NOT NULL AND @below NOT NULL')
  return id === undefined ? null : { id, elsewhere: here === undefined }
}
