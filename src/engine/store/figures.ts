import type { Away } from '../../model/codex/away.ts'
import { callLabel, historyName, runningMs } from '../../model/ledger/history.ts'
import { without } from '../../model/ledger/stretches.ts'
import { priceCall, type Usage } from '../../model/pricing/cost.ts'
import type { PriceList } from '../../model/pricing/price.ts'
import { priceListOf } from '../pricing/price-list.ts'
import type { Db } from './database.ts'

interface UnpricedCall extends Usage {
  at: string
  eventKind: string
}

interface FinishedTool {
  callId: string
  tool: string | null
  mcpServer: string | null
  summary: string | null
  durationMs: number
  /** Nanoseconds after the session's first moment. */
  start: number
  decidedAt: number | null
  /** As the session file tells it. */
  waited: number
  runMs: number | null
  history: string | null
}

/**
 * Writes the figures of a session's calls: cost, and running time for comparison. A call is priced once for each version of the
 * price list; the caller holds the transaction. `away`: times are nanoseconds after the session's first moment.
 */
export function figureWriter(
  db: Db,
  { current }: { readonly current: () => PriceList } = priceListOf(db),
): (sessionId: string, away: Away) => void {
  const calls = db.prepare<[string, string], UnpricedCall>(
    `SELECT CAST(at_ns AS TEXT) AS at, event_kind AS eventKind, at_ns / 1e6 AS atMs, model, tier, input_tokens AS input,
       cached_tokens AS cached, cache_write_tokens AS cacheWrite, output_tokens AS output
     FROM api_call WHERE session_id = ? AND status = 'completed' AND price_version IS NOT ?`,
  )
  const setCost = db.prepare(
    `UPDATE api_call SET cost_usd = @usd, price_version = @version
     WHERE session_id = @sessionId AND at_ns = CAST(@at AS INTEGER) AND status = 'completed' AND event_kind = @eventKind`,
  )
  const setSum = db.prepare(
    `UPDATE session SET (cost_usd, unpriced_calls) = (
       SELECT sum(cost_usd), count(*) - count(cost_usd) FROM api_call WHERE session_id = @id AND status = 'completed')
     WHERE id = @id`,
  )
  const tools = db.prepare<[string], FinishedTool>(
    `SELECT call_id AS callId, coalesce(tool, span_tool) AS tool, mcp_server AS mcpServer, summary, duration_ms AS durationMs,
       (SELECT max(at_ns) FROM decision WHERE decision.session_id = tool_call.session_id
          AND decision.call_id = tool_call.call_id AND lower(decision.source) IN ('user', 'automatedreviewer'))
         - first_ns AS decidedAt, coalesce(wait_end_ns - wait_start_ns, 0) AS waited, coalesce(span_start_ns, at_ns - duration_ms * 1000000) - first_ns AS start, run_ms AS runMs, history
     FROM tool_call JOIN session ON session.id = session_id WHERE session_id = ? AND at_ns IS NOT NULL AND duration_ms IS NOT NULL`,
  )
  const setRun = db.prepare('UPDATE tool_call SET run_ms = ?, history = ? WHERE session_id = ? AND call_id = ?')

  return (sessionId, away) => {
    const prices = current()
    for (const { at, eventKind, ...usage } of calls.all(sessionId, prices.version)) {
      const usd = priceCall(usage, prices).receipt?.usd ?? null
      setCost.run({ usd, version: prices.version, sessionId, at, eventKind })
    }
    setSum.run({ id: sessionId })
    for (const call of tools.all(sessionId)) {
      const label = callLabel(call.tool, call.mcpServer)
      const history = label === null ? null : historyName(label, call.summary ?? '')
      const runMs = runningMs(call.durationMs, call.waited + waitedNs(call, away))
      if (history !== call.history || runMs !== call.runMs) setRun.run(runMs, history, sessionId, call.callId)
    }
  }
}

/** As the clock counts that the call's duration is of: it stood still while the machine was away. */
function waitedNs({ callId, start, decidedAt }: FinishedTool, away: Away): number {
  if (decidedAt === null || decidedAt <= start) return 0
  const gaps = away.get(callId) ?? []
  return without({ start, end: decidedAt }, gaps).reduce((ns, awake) => ns + awake.end - awake.start, 0)
}

/** After an update of the price list, every session is priced anew. */
export function unsettleOldPrices(db: Db, { version }: PriceList = priceListOf(db).current()): void {
  const known = db.prepare<[], string>("SELECT value FROM setting WHERE key = 'price_version'").pluck().get()
  if (known === version) return
  db.transaction(() => {
    db.prepare('INSERT INTO unsettled (session_id) SELECT id FROM session WHERE true ON CONFLICT DO NOTHING').run()
    db.prepare(
      "INSERT INTO setting (key, value) VALUES ('price_version', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    ).run(version)
  }).immediate()
}
