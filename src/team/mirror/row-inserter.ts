import type { Db } from '../../engine/store/database.ts'
import type { TeamTable } from '../projection/describe.ts'
import type { FactRow } from '../projection/fact-tables.ts'

/** What of a team's columns a table of home has: where its rows name no session, that is no column of theirs. */
function ownColumns(db: Db, { source, columns }: TeamTable): readonly TeamTable['columns'][number][] {
  const own = new Set(db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(source))
  return columns.filter(({ name }) => own.has(name))
}

/**
 * The rows of a team's table that fit, as home's table has them. 64-bit integers come as text, which a column of integers takes as the
 * number that it says; the condition looks at what they are, hence the two SELECTs.
 */
export function selectRows(db: Db, table: TeamTable, condition: string, final = false): string {
  const list = ownColumns(db, table).map(({ name, type }) =>
    type.includes('Int64') ? `toString(\`${name}\`) AS \`${name}\`` : `\`${name}\``,
  )
  const listed = [...list, 'toString(revision) AS revision'].join(', ')
  return `SELECT ${listed} FROM (SELECT * FROM ${table.name} ${final ? 'FINAL' : ''} WHERE ${condition})`
}

/** Rows of a team's table become rows of home's; one that is there already, since two sessions have it, stays. */
export function rowInserter(db: Db, table: TeamTable): (rows: readonly FactRow[]) => void {
  const names = ownColumns(db, table).map(({ name }) => name)
  const put = db.prepare(
    `INSERT OR IGNORE INTO ${table.source} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
  )
  return db.transaction((rows: readonly FactRow[]) => {
    for (const row of rows) put.run(row)
  })
}
