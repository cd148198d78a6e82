import { sessionColumns } from '../../model/panels/session-columns.ts'
import type { Called } from '../../model/session/name.ts'
import { calledFrom } from '../queries/called.ts'
import type { Db } from '../store/database.ts'

/** What the sessions are named by that rows of a panel hold the ids of; nothing is asked where there are none. */
export function calledIn(db: Db, rows: readonly Readonly<Record<string, unknown>>[]): Record<string, Called> {
  const ids = rows.flatMap((row) => sessionColumns.map((column) => row[column])).filter((id) => typeof id === 'string')
  if (ids.length === 0) return {}
  const calledOf = calledFrom(db)
  return Object.fromEntries(ids.map((id) => [id, calledOf(id)]))
}
