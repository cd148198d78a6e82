import type { Db } from '../../engine/store/database.ts'
import type { TeamTable } from '../projection/describe.ts'
import type { FactRow } from '../projection/fact-tables.ts'

/** A row by its places: of a million values each name would be looked up anew. */
export type Values = readonly (string | number | null)[]

/** So many rows a statement, which gains a tenth. */
const rowsAtOnce = 8

/** What of a team's columns a table of home has: where its rows name no session, that is no column of theirs. */
function ownColumns(db: Db, { source, columns }: TeamTable): readonly TeamTable['columns'][number][] {
  const own = new Set(db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(source))
  return columns.filter(({ name }) => own.has(name))
}

/**
 * The rows of a team's table that fit, as home's table has them. 64-bit integers come as text, which a column of integers takes as the
 * number that it says; the condition looks at what they are, hence the two SELECTs. `first`: what else, before the columns.
 */
export function selectRows(
  db: Db,
  table: TeamTable,
  condition: string,
  { final = false, first = [] }: { readonly final?: boolean; readonly first?: readonly string[] } = {},
): string {
  const listed = ownColumns(db, table).map(({ name, type }) =>
    type.includes('Int64') ? `toString(\`${name}\`) AS \`${name}\`` : `\`${name}\``,
  )
  return `SELECT ${[...first, ...listed].join(', ')} FROM (SELECT * FROM ${table.name} ${final ? 'FINAL' : ''} WHERE ${condition})`
}

/** Rows as `selectRows` lists them become rows of home's table; one that is there already, since two sessions have it, stays. */
export function rowInserter(db: Db, table: TeamTable): (rows: readonly Values[]) => void {
  const names = ownColumns(db, table).map(({ name }) => name)
  const one = `(${names.map(() => '?').join(', ')})`
  const insert = (rows: number) =>
    db.prepare<[Values]>(
      `INSERT OR IGNORE INTO ${table.source} (${names.join(', ')}) VALUES ${Array.from({ length: rows }, () => one).join(', ')}`,
    )
  const [putSome, putOne] = [insert(rowsAtOnce), insert(1)]
  return db.transaction((rows: readonly Values[]) => {
    const whole = rows.length - (rows.length % rowsAtOnce)
    for (let from = 0; from < whole; from += rowsAtOnce) putSome.run(rows.slice(from, from + rowsAtOnce).flat())
    for (const row of rows.slice(whole)) putOne.run(row)
  })
}

/** The same of rows that were made here. */
export function madeInserter(db: Db, table: TeamTable): (rows: readonly FactRow[]) => void {
  const names = ownColumns(db, table).map(({ name }) => name)
  const put = rowInserter(db, table)
  return (rows) => {
    put(rows.map((row) => names.map((name) => row[name] ?? null)))
  }
}
