import { ProcedureError } from '../../contract/result.ts'
import type { Db } from '../store/database.ts'

/** The ids of a session and of all below it, the session first. */
export function familyOf(db: Db, id: string): string[] {
  const ids = db
    .prepare<[string], string>(
      `WITH RECURSIVE family (id, depth) AS (
         SELECT id, 0 FROM session WHERE id = ?
         UNION
         SELECT session.id, depth + 1 FROM family JOIN session ON session.parent_id = family.id WHERE depth < 20
       )
       SELECT id FROM family GROUP BY id ORDER BY min(depth), id`,
    )
    .pluck()
    .all(id)
  if (ids.length === 0) throw new ProcedureError('not_found', `no session ${id}`)
  return ids
}
