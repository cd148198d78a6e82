import type { TeamReader } from '../connection.ts'
import type { TeamTable } from '../projection/describe.ts'

/** Of the tables that this Colophon knows what is there: the one that projects may be older, and not have all of them, or all columns. */
export async function presentTables(
  raw: TeamReader,
  factsDatabase: string,
  tables: readonly TeamTable[],
): Promise<readonly TeamTable[]> {
  const found = await raw.rows<{ table: string; name: string }>(
    'SELECT table, name FROM system.columns WHERE database = {factsDatabase:String}',
    { factsDatabase },
  )
  const known = new Set(found.map(({ table, name }) => `${table}.${name}`))
  return tables.flatMap((table) => {
    const columns = table.columns.filter(({ name }) => known.has(`${table.name}.${name}`))
    return columns.length === 0 ? [] : [{ ...table, columns }]
  })
}
