import type { Db } from '../../engine/store/database.ts'
import type { TeamTable } from './describe.ts'
import { factTables, sendable, sessionTable, type FactRow, type StoredRow } from './fact-tables.ts'
import type { UserHash } from './hash-users.ts'
import { revisionOf } from './revision.ts'

/** All rows of a session, by the name of the team's table. */
export interface SessionFacts {
  readonly id: string
  readonly kind: string
  readonly revision: bigint
  readonly rows: ReadonlyMap<string, readonly FactRow[]>
}

/** Rows that stand for a record of another session or of none: they come from what was sent, and are no session's own count. */
const fromOthers = new Set([
  ...['turn_request', 'model_round', 'server_start', 'server_wait', 'compaction_reason', 'review', 'spawn'],
])

/** Reads what settling made of a session; null where there is none, or where it is of an application that is not Codex. */
export function factsReader(
  db: Db,
  tables: readonly TeamTable[],
  schema: number,
  hashUser: UserHash | null = null,
): (id: string, neighbours: number) => SessionFacts | null {
  const session = db
    .prepare<[string], { kind: string; lastedMs: bigint }>(
      "SELECT kind, (last_ns - first_ns) / 1000000 AS lastedMs FROM session WHERE id = ? AND kind <> 'app'",
    )
    .safeIntegers(true)
  const records = db
    .prepare<[string], number>(
      `SELECT (SELECT count(*) FROM log WHERE conversation = key) + (SELECT count(*) FROM span WHERE trace IN (
         SELECT trace FROM trace_conversation WHERE conversation = key)) FROM conversation WHERE id = ?`,
    )
    .pluck()
  const selects = tables.map((table) => {
    const condition = factTables.find(({ name }) => name === table.source)?.ofSession ?? 'id = @id'
    const columns = table.columns.filter(({ name }) => name !== 'session_id' && name !== 'revision')
    const query = `SELECT ${columns.map(({ name }) => name).join(', ')} FROM ${table.source} WHERE ${condition}`
    return { table, select: db.prepare<[{ id: string }], StoredRow>(query).safeIntegers(true) }
  })
  return (id, neighbours) => {
    const found = session.get(id)
    if (found === undefined) return null
    const read = selects.map(({ table, select }) => ({ table, rows: select.all({ id }) }))
    const others = read
      .filter(({ table }) => fromOthers.has(table.source))
      .reduce((sum, { rows }) => sum + rows.length, 0)
    const revision = revisionOf(schema, (records.get(id) ?? 0) + others + neighbours, found.lastedMs)
    const rows = read.map(({ table, rows: own }) => {
      const of = table.source === sessionTable ? {} : { session_id: id }
      return [
        table.name,
        own.map((row) => {
          const sent = sendable(row)
          return { ...of, ...(hashUser?.(table.source, sent) ?? sent), revision: String(revision) }
        }),
      ] as const
    })
    return { id, kind: found.kind, revision, rows: new Map(rows) }
  }
}
