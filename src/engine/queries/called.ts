import { calledBy, type Called } from '../../model/session/name.ts'
import { fileTitles } from '../history/file-titles.ts'
import { givenTitles } from '../history/given-titles.ts'
import type { Db } from '../store/database.ts'
import { byUserOf, byUserSql } from '../store/user-marks.ts'

interface Titles {
  /** Those that Codex or its user gave. */
  readonly given: () => ReadonlyMap<string, string>
  /** Those of prompts that stand in Codex's files alone. */
  readonly ofPrompt: (id: string) => string | null
}

/** By the connection that asks. */
const titles = new WeakMap<Db, Titles>()

export function titlesFrom(db: Db): Titles {
  const known = titles.get(db) ?? { given: givenTitles(db), ofPrompt: fileTitles(db) }
  titles.set(db, known)
  return known
}

interface Titled {
  readonly id: string
  readonly title: string | null
  readonly witness: string
}

/** Its title, wherever that stands; what the user says of it is not looked at. */
export function titleOf(db: Db, { id, title, witness }: Titled): string | null {
  return titlesFrom(db).given().get(id) ?? title ?? (witness === 'telemetry' ? null : titlesFrom(db).ofPrompt(id))
}

export const notKnown: Called = { title: null, folder: null, startedAtMs: null }

interface CalledRow extends Titled {
  readonly folder: string | null
  readonly startedAtMs: number
  readonly byUser: string | null
}

/** What sessions are named by; each is looked up once. */
export function calledFrom(db: Db): (id: string | null) => Called {
  const read = db.prepare<[string], CalledRow>(
    `SELECT id, title, witness, folder, first_ns / 1e6 AS startedAtMs, ${byUserSql} AS byUser FROM session WHERE id = ?`,
  )
  const known = new Map<string, Called>()
  return (id) => {
    if (id === null) return notKnown
    const before = known.get(id)
    if (before !== undefined) return before
    const row = read.get(id)
    const found =
      row === undefined
        ? notKnown
        : {
            title: calledBy({ title: titleOf(db, row), byUser: byUserOf(row.byUser) }),
            folder: row.folder,
            startedAtMs: row.startedAtMs,
          }
    known.set(id, found)
    return found
  }
}
