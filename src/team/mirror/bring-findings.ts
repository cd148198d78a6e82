import type { Db } from '../../engine/store/database.ts'
import type { TeamReader } from '../connection.ts'
import { foundColumns, readFindings } from '../findings/table.ts'
import type { TeamTable } from '../projection/describe.ts'
import type { HeldFindings } from './facts-source.ts'

/** Findings that a projector has found take the place of those that are held. */
export async function bringFindings(
  facts: TeamReader,
  table: TeamTable,
  db: Db,
  ids: readonly string[],
  held: Map<string, HeldFindings>,
): Promise<void> {
  const found = await readFindings(facts, table, ids, held)
  const forget = db.prepare<[string]>('DELETE FROM finding WHERE session_id = ?')
  const columns = ['session_id', ...foundColumns(table)]
  const put = db.prepare(
    `INSERT INTO finding (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  )
  db.transaction(() => {
    for (const [id, { rows, revision, ofRevision }] of found) {
      forget.run(id)
      for (const row of rows) put.run({ ...row, session_id: id })
      held.set(id, { revision, ofRevision })
    }
  })()
}
