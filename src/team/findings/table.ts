import type { Db } from '../../engine/store/database.ts'
import type { TeamReader } from '../connection.ts'
import { columnsOf, type TeamTable } from '../projection/describe.ts'
import type { FactRow } from '../projection/fact-tables.ts'
import { chunksOf } from '../records/chunks.ts'

const source = 'finding'

/**
 * A session's findings in one row, a list for each of home's columns: nobody sees half of them, and who has none is known to have none.
 * `of_revision` says of which facts of the session they were found; `revision` grows with each change, also of what they were compared with.
 */
export function describeFindings(db: Db): TeamTable {
  const lists = columnsOf(db, source).map(({ name, type }) => ({ name: `found.${name}`, type: `Array(${type})` }))
  return {
    source,
    name: 'colophon_findings',
    columns: [
      { name: 'session_id', type: 'String' },
      { name: 'of_revision', type: 'UInt64' },
      ...lists,
      { name: 'revision', type: 'UInt64' },
    ],
    key: ['session_id'],
  }
}

/** The columns of home's that a table has, which may be an older one's. */
export function foundColumns({ columns }: TeamTable): readonly string[] {
  return columns.flatMap(({ name }) => (name.startsWith('found.') ? [name.slice('found.'.length)] : []))
}

/** What stands of a session's findings. */
export interface Found {
  readonly ofRevision: string
  readonly revision: string
  /** As home's table has them, but the session; 64-bit integers as text. */
  readonly rows: readonly FactRow[]
}

/** Those that are newer than what is `held`. */
export async function readFindings(
  facts: TeamReader,
  table: TeamTable,
  ids: readonly string[],
  held: ReadonlyMap<string, { readonly revision: string }> = new Map(),
): Promise<ReadonlyMap<string, Found>> {
  const lists = table.columns.flatMap(({ name, type }) =>
    name.startsWith('found.')
      ? [
          `${type.includes('Int64') ? `arrayMap(n -> toString(n), \`${name}\`)` : `\`${name}\``} AS \`${name.slice('found.'.length)}\``,
        ]
      : [],
  )
  const query = `SELECT session_id AS id, toString(of_revision) AS ofRevision, toString(revision) AS is, ${lists.join(', ')}
    FROM (SELECT * FROM ${table.name} FINAL WHERE session_id IN {ids:Array(String)}
      AND revision > transform(session_id, {ids:Array(String)}, {held:Array(UInt64)}, toUInt64(0)))`
  const found = new Map<string, Found>()
  for (const some of chunksOf(ids))
    for await (const rows of facts.stream<FoundRow>(query, {
      ids: some,
      held: some.map((id) => BigInt(held.get(id)?.revision ?? 0)),
    }))
      for (const { id, ofRevision, is, ...own } of rows) found.set(id, { ofRevision, revision: is, rows: asRows(own) })
  return found
}

type Lists = Readonly<Record<string, FactRow[string][]>>
type FoundRow = { readonly id: string; readonly ofRevision: string; readonly is: string } & Lists

function asRows(lists: Lists): readonly FactRow[] {
  const names = Object.keys(lists)
  const [first = []] = Object.values(lists)
  return first.map((_, i) => Object.fromEntries(names.map((name) => [name, lists[name]?.[i] ?? null])))
}

export function asLists(
  rows: readonly FactRow[],
  table: TeamTable,
): Readonly<Record<string, readonly FactRow[string][]>> {
  return Object.fromEntries(foundColumns(table).map((name) => [`found.${name}`, rows.map((row) => row[name] ?? null)]))
}
