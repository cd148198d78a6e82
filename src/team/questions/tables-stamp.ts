import type { TeamReader } from '../connection.ts'

/** A look costs some milliseconds, and questions come in dozens. */
const lookEveryMs = 10_000

/** Whether the tables of these databases are still what they were: facts may appear, and a newer Colophon adds columns. */
export async function watchTables(
  raw: TeamReader,
  databases: readonly string[],
  everyMs = lookEveryMs,
): Promise<() => Promise<boolean>> {
  const stamp = async (): Promise<string> => {
    const [row] = await raw.rows<{ stamp: string }>(
      `SELECT toString(sum(cityHash64(database, table, name, type))) AS stamp FROM system.columns
       WHERE database IN {databases:Array(String)} AND (startsWith(table, 'otel_') OR startsWith(table, 'colophon_'))`,
      { databases },
    )
    return row?.stamp ?? ''
  }
  const begun = await stamp()
  let lookedMs = performance.now()
  return async () => {
    if (performance.now() - lookedMs < everyMs) return false
    lookedMs = performance.now()
    return (await stamp()) !== begun
  }
}
