import type { Db } from '../../engine/store/database.ts'
import type { Params, TeamReader } from '../connection.ts'
import type { TeamTable } from '../projection/describe.ts'
import { sessionTable } from '../projection/fact-tables.ts'
import type { Bounds } from '../records/bounds.ts'
import { bringMetrics } from './bring-metrics.ts'
import { rowInserter, selectRows, type Values } from './row-inserter.ts'

/** As many of the latest as findings look at of each kind (`engine/findings/own-history.ts`). */
const latest = 1000

const current = '(session_id, revision) IN (SELECT id, revision FROM colophon_sessions FINAL)'
const others = `session_id NOT IN {ids:Array(String)} AND ${current}`
const answered = `lower(ifNull(source, '')) = 'user' AND ${others}`

/** Which rows of which table, in whatever order they lie: who reads them sorts them anew. Of so many of the latest `by` what. */
const compared: Readonly<Record<string, { readonly rows: string; readonly by: string }>> = {
  api_call: { rows: `status = 'completed' AND ttft_ms IS NOT NULL AND ${others}`, by: 'BY model, effort' },
  decision: { rows: answered, by: '' },
  tool_call: { rows: `history IS NOT NULL AND run_ms IS NOT NULL AND ${others}`, by: 'BY history' },
}

/** Metrics arrive some minutes later, and tell of a session alone where no other ran in these. */
const besideNs = 300_000_000_000n
const besideIt = `id NOT IN {ids:Array(String)} AND last_ns >= {fromNs:Int64} AND first_ns < {toNs:Int64}`

/** Single facts of sessions that are not here, which nothing but a comparison with them looks at: of one that lasted so long. */
export async function bringPast(
  facts: TeamReader,
  tables: readonly TeamTable[],
  db: Db,
  ids: readonly string[],
  { fromNs, toNs }: Bounds,
): Promise<void> {
  await bringHistory(facts, tables, db, ids, fromNs)
  const bound = { ids, fromNs: String(fromNs - besideNs), toNs: String(toNs + besideNs) }
  const ofSession = tables.find(({ source }) => source === sessionTable)
  if (ofSession !== undefined) await bringRows(facts, db, ofSession, besideIt, bound, true)
  await bringMetrics(facts, db, { fromMs: Number(fromNs - besideNs) / 1e6, toMs: Number(toNs + besideNs) / 1e6 })
}

/** What sessions are compared with that began between two moments: the latest of before the first of them, and all until the last. */
export async function bringHistory(
  facts: TeamReader,
  tables: readonly TeamTable[],
  db: Db,
  ids: readonly string[],
  firstNs: bigint,
  lastNs = firstNs,
): Promise<void> {
  const bound = { ids, firstNs: String(firstNs), lastNs: String(lastNs) }
  const parts = [
    (by: string) => `at_ns < {firstNs:Int64} ORDER BY at_ns DESC LIMIT ${latest} ${by}`,
    ...(lastNs > firstNs ? [() => 'at_ns >= {firstNs:Int64} AND at_ns < {lastNs:Int64}'] : []),
  ]
  for (const table of tables) {
    const { rows, by = '' } = compared[table.source] ?? {}
    for (const part of parts) {
      if (rows !== undefined) await bringRows(facts, db, table, `${rows} AND ${part(by)}`, bound)
      if (table.source === 'tool_call')
        await bringRows(
          facts,
          db,
          table,
          `${others} AND (session_id, call_id) IN (SELECT session_id, call_id FROM colophon_decisions WHERE ${answered} AND ${part('')})`,
          bound,
        )
    }
  }
}

async function bringRows(
  facts: TeamReader,
  db: Db,
  table: TeamTable,
  condition: string,
  bound: Params,
  final = false,
): Promise<void> {
  const put = rowInserter(db, table)
  for await (const rows of facts.values<Values>(selectRows(db, table, condition, { final }), bound)) put(rows)
}
