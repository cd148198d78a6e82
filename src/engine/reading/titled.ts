import type { NamedSpending } from '../../contract/commands.ts'
import { sessionName } from '../../model/session/name.ts'
import { calledFrom } from '../queries/called.ts'
import type { Db } from '../store/database.ts'

/** Sessions as they are called everywhere. */
export function titled(db: Db, rows: readonly NamedSpending[]): readonly NamedSpending[] {
  const calledOf = calledFrom(db)
  return rows.map((row) => {
    const { sessionId: id } = row
    return id === null ? row : { ...row, name: sessionName({ id, ...calledOf(id) }) }
  })
}
