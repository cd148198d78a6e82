import type { Db } from '../../engine/store/database.ts'
import type { TeamReader } from '../connection.ts'
import type { TeamTable } from '../projection/describe.ts'
import { sessionTable, type FactRow } from '../projection/fact-tables.ts'
import type { Bounds } from '../records/bounds.ts'
import { bringMetrics } from './bring-metrics.ts'
import { rowInserter, selectRows } from './row-inserter.ts'

/** As many of the latest as findings look at of each kind (`engine/findings/own-history.ts`). */
const latest = 1000

const others = `session_id NOT IN {ids:Array(String)} AND (session_id, revision) IN (SELECT id, revision FROM colophon_sessions FINAL)`

const answered = `lower(ifNull(source, '')) = 'user' AND at_ns < {beforeNs:Int64} AND ${others}`

/** Which rows of which table, in whatever order they lie: who reads them sorts them anew. */
const wanted: Readonly<Record<string, string>> = {
  api_call: `status = 'completed' AND ttft_ms IS NOT NULL AND at_ns < {beforeNs:Int64} AND ${others}
    ORDER BY at_ns DESC LIMIT ${latest} BY model, effort`,
  decision: `${answered} ORDER BY at_ns DESC LIMIT ${latest}`,
  tool_call: `${others} AND at_ns < {beforeNs:Int64} AND history IS NOT NULL AND run_ms IS NOT NULL ORDER BY at_ns DESC LIMIT ${latest} BY history`,
}

/** Metrics arrive some minutes later, and tell of a session alone where no other ran in these. */
const besideNs = 300_000_000_000n
const besideIt = `id NOT IN {ids:Array(String)} AND last_ns >= {fromNs:Int64} AND first_ns < {toNs:Int64}`

const answeredCalls = `${others} AND (session_id, call_id) IN (
  SELECT session_id, call_id FROM colophon_decisions WHERE ${answered} ORDER BY at_ns DESC LIMIT ${latest})`

/** Single facts of sessions that are not here, which nothing but a comparison with them looks at. */
export async function bringPast(
  facts: TeamReader,
  tables: readonly TeamTable[],
  db: Db,
  ids: readonly string[],
  { fromNs, toNs }: Bounds,
): Promise<void> {
  const bound = { ids, beforeNs: String(fromNs), fromNs: String(fromNs - besideNs), toNs: String(toNs + besideNs) }
  const bring = async (table: TeamTable, condition: string, final = false): Promise<void> => {
    const put = rowInserter(db, table)
    for await (const rows of facts.stream<FactRow>(selectRows(db, table, condition, final), bound)) put(rows)
  }
  for (const table of tables) {
    const condition = wanted[table.source]
    if (condition !== undefined) await bring(table, condition)
    if (table.source === sessionTable) await bring(table, besideIt, true)
    if (table.source === 'tool_call') await bring(table, answeredCalls)
  }
  await bringMetrics(facts, db, { fromMs: Number(fromNs - besideNs) / 1e6, toMs: Number(toNs + besideNs) / 1e6 })
}
