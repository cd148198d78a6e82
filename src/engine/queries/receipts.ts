import type { Value } from '../../contract/index.ts'
import type { ReceiptCall } from '../../contract/receipts.ts'
import { priceCall } from '../../model/pricing/cost.ts'
import type { PriceList } from '../../model/pricing/price.ts'
import { reportedDiffers } from '../../model/pricing/reported.ts'
import { sumCosts, unpricedGroups } from '../../model/pricing/sums.ts'
import type { SessionKind } from '../../model/session/summary.ts'
import type { Db } from '../store/database.ts'
import { familyOf } from './ledger-family.ts'

interface CallRow {
  sessionId: string
  sessionKind: SessionKind
  timeMs: number
  timeNs: string
  turn: number | null
  model: string | null
  effort: string | null
  tier: string | null
  provider: string | null
  /** Orders calls of one moment. */
  tie: string
  /** null, as the others: not reported. */
  input: number | null
  cached: number | null
  cacheWrite: number | null
  hourWrite: number | null
  output: number | null
  reasoning: number | null
  reportedCostUsd: number | null
}

/** Each completed response of a session and of those below it, with the price row that made its cost. */
export function receipts(db: Db, id: string, prices: PriceList): Value<'session.receipts'> {
  const calls = db
    .prepare<object, CallRow>(
      `SELECT api_call.session_id AS sessionId, session.kind AS sessionKind, at_ns / 1e6 AS timeMs,
         CAST(at_ns AS TEXT) AS timeNs,
         (SELECT max(number) FROM turn WHERE turn.session_id = api_call.session_id AND turn.start_ns <= at_ns) AS turn,
         api_call.model, api_call.effort, tier, api_call.input_tokens AS input, api_call.cached_tokens AS cached,
         api_call.cache_write_tokens AS cacheWrite, api_call.output_tokens AS output,
         api_call.reasoning_tokens AS reasoning, NULL AS provider, api_call.session_id || event_kind AS tie,
         0 AS hourWrite, NULL AS reportedCostUsd
       FROM api_call JOIN session ON session.id = api_call.session_id
       WHERE api_call.session_id IN (SELECT value FROM json_each(@ids)) AND status = 'completed'
       UNION ALL
       SELECT session_id, 'app', (start_ns + coalesce(duration_ns, 0)) / 1e6, CAST(start_ns + coalesce(duration_ns, 0) AS TEXT),
         NULL, model, NULL,
         NULL, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, provider, span_id,
         hour_write_tokens, reported_cost_usd
       FROM genai_call WHERE session_id IN (SELECT value FROM json_each(@ids)) AND status = 'completed'
       ORDER BY timeNs, tie`,
    )
    .all({ ids: JSON.stringify(familyOf(db, id)) })
    .map((row) => receiptOf(row, prices))
  const models = [...new Set(calls.map(({ model }) => model))]
  return {
    label: 'API-equivalent estimate',
    priceVersion: prices.version,
    total: sumCosts(calls),
    own: sumCosts(calls.filter(({ sessionId }) => sessionId === id)),
    helpers: sumCosts(calls.filter(({ sessionId }) => sessionId !== id)),
    models: models
      .map((model) => ({ model, ...sumCosts(calls.filter((call) => call.model === model)) }))
      .sort((a, b) => (b.costUsd ?? -1) - (a.costUsd ?? -1) || b.calls - a.calls),
    unpriced: unpricedGroups(calls),
    calls,
  }
}

function receiptOf(row: CallRow, prices: PriceList): ReceiptCall {
  const { input, cached, cacheWrite, hourWrite, output, reasoning, provider: _provider, tie: _tie, ...same } = row
  const counts = { input: input ?? 0, cached: cached ?? 0, cacheWrite: cacheWrite ?? 0, output: output ?? 0 }
  const usage = { ...row, ...counts, hourWrite: hourWrite ?? 0, atMs: row.timeMs }
  const { receipt, unpriced } =
    input === null ? ({ receipt: null, unpriced: 'not_reported' } as const) : priceCall(usage, prices)
  return {
    ...same,
    tokens: { ...counts, reasoning: reasoning ?? 0 },
    reportedDiffers: reportedDiffers(usage, receipt, row.reportedCostUsd, prices),
    costUsd: receipt?.usd ?? null,
    price: receipt === null ? null : priceRowOf(receipt),
    lines: [...(receipt?.lines ?? [])],
    unpriced,
  }
}

function priceRowOf({
  price: { provider, model, from },
  longContext,
  tierFactor,
}: NonNullable<ReturnType<typeof priceCall>['receipt']>): NonNullable<ReceiptCall['price']> {
  return { provider, model, from, longContext, tierFactor }
}
