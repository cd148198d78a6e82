import type { TeamReader } from '../connection.ts'
import type { TeamTable } from '../projection/describe.ts'
import { sessionTable, teamName } from '../projection/fact-tables.ts'

/** The sessions' own table as this Colophon knows it: what columns would say that an older one did not make is not known. */
export function sessionsNow(described: readonly TeamTable[], present: readonly TeamTable[]): string {
  const columnsIn = (tables: readonly TeamTable[]) =>
    tables.find(({ source }) => source === sessionTable)?.columns ?? []
  const known = new Set(columnsIn(present).map(({ name }) => name))
  const missing = columnsIn(described).filter(({ name }) => !known.has(name))
  const listed = ['*', ...missing.map(({ name, type }) => `defaultValueOfTypeName('${type}') AS \`${name}\``)]
  return missing.length === 0
    ? `${teamName(sessionTable)} FINAL`
    : `(SELECT ${listed.join(', ')} FROM ${teamName(sessionTable)} FINAL)`
}

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
