import { givenTitles } from '../history/given-titles.ts'
import type { Db } from '../store/database.ts'
import type { NamedSpending } from '../../contract/commands.ts'

/** Sessions as their user named them, else as Codex did, else by their prompts. */
export function titled(db: Db, rows: readonly NamedSpending[]): readonly NamedSpending[] {
  const named = new Map(
    db.prepare<[], [string, string]>('SELECT session_id, name FROM user_mark WHERE name NOT NULL').raw().all(),
  )
  const given = givenTitles(db)()
  return rows.map((row) => {
    const id = row.sessionId ?? ''
    return { ...row, name: named.get(id) ?? given.get(id) ?? row.name }
  })
}
