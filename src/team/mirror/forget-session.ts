import type { Db } from '../../engine/store/database.ts'
import { factTables, sessionTable } from '../projection/fact-tables.ts'

/** Takes a session's facts away, before others of it are put there; last the rows by which the others are found. */
export function sessionForgetter(db: Db): (id: string) => void {
  const named = factTables.toSorted((a, b) => Number(a.ofSession === ownRows) - Number(b.ofSession === ownRows))
  const deletes = named.map(({ name, ofSession }) =>
    db.prepare<[{ id: string }]>(`DELETE FROM ${name} WHERE ${ofSession}`),
  )
  const own = db.prepare<[string]>(`DELETE FROM ${sessionTable} WHERE id = ?`)
  return db.transaction((id: string) => {
    for (const each of deletes) each.run({ id })
    own.run(id)
  })
}

const ownRows = 'session_id = @id'
