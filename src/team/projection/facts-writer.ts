import type { ClickHouseClient } from '@clickhouse/client'
import type { TeamReader } from '../connection.ts'
import { chunksOf } from '../records/chunks.ts'
import { addedColumns, tableStatement, type TeamTable } from './describe.ts'
import { progressStatement } from './progress.ts'

/** Writes to the database of facts, and to nothing else. */
export interface FactsWriter {
  readonly insert: (table: string, rows: readonly object[]) => Promise<void>
  /** Takes rows away of which nobody reads any more: of each session what is older than a revision that was itself followed. */
  readonly forget: (tables: readonly string[], olderThan: ReadonlyMap<string, bigint>) => Promise<void>
}

/** The client's own database is that of the facts. Makes what is missing, and says with what right that failed. */
export async function openFacts(
  client: ClickHouseClient,
  reader: TeamReader,
  database: string,
  tables: readonly TeamTable[],
): Promise<FactsWriter> {
  const known = await reader.rows<{ table: string; name: string }>(
    'SELECT table, name FROM system.columns WHERE database = {database:String}',
    { database },
  )
  for (const table of tables) {
    const columns = new Set(known.filter((column) => column.table === table.name).map(({ name }) => name))
    const statement = columns.size === 0 ? tableStatement(table) : addedColumns(table, columns)
    if (statement !== null) await client.command({ query: statement })
  }
  await client.command({ query: progressStatement })
  return {
    insert: async (table, values) => {
      if (values.length > 0) await client.insert({ table, values, format: 'JSONEachRow' })
    },
    forget: async (names, olderThan) => {
      for (const some of chunksOf([...olderThan])) {
        const query_params = { ids: some.map(([id]) => id), revisions: some.map(([, revision]) => revision) }
        for (const name of names)
          await client.command({
            query: `DELETE FROM ${name} WHERE session_id IN {ids:Array(String)}
              AND revision < transform(session_id, {ids:Array(String)}, {revisions:Array(UInt64)}, toUInt64(0))`,
            query_params,
          })
      }
    },
  }
}

/** Only where it is missing: who may write to it may not be one who may make it. */
export async function ensureDatabase(client: ClickHouseClient, reader: TeamReader, database: string): Promise<void> {
  const known = await reader.rows<object>('SELECT 1 AS there FROM system.databases WHERE name = {database:String}', {
    database,
  })
  if (known.length === 0)
    await client.command({
      query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}',
      query_params: { database },
    })
}
