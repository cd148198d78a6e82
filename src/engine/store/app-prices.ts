import { priceCall, type Usage } from '../../model/pricing/cost.ts'
import type { PriceList } from '../../model/pricing/price.ts'
import type { Db } from './database.ts'

interface UnpricedCall extends Usage {
  startNs: string
  traceId: string
  spanId: string
  requestModel: string | null
}

/** Prices the calls of an application's session that the price list in use was not asked for yet, and sums up. */
export function appPricer(
  db: Db,
  { current }: { readonly current: () => PriceList },
): { price: (sessionId: string) => void; sum: (sessionId: string) => void } {
  const unpriced = db.prepare<[string, string], UnpricedCall>(
    `SELECT CAST(start_ns AS TEXT) AS startNs, trace_id AS traceId, span_id AS spanId, start_ns / 1e6 AS atMs, model,
       request_model AS requestModel, provider, NULL AS tier, input_tokens AS input, coalesce(cached_tokens, 0) AS cached,
       coalesce(cache_write_tokens, 0) AS cacheWrite, coalesce(hour_write_tokens, 0) AS hourWrite,
       coalesce(output_tokens, 0) AS output
     FROM genai_call WHERE session_id = ? AND status = 'completed' AND input_tokens IS NOT NULL AND price_version IS NOT ?`,
  )
  const setCost = db.prepare(
    `UPDATE genai_call SET cost_usd = @usd, price_version = @version
     WHERE start_ns = CAST(@startNs AS INTEGER) AND trace_id = @traceId AND span_id = @spanId`,
  )
  const setSum = db.prepare(
    `UPDATE session SET (cost_usd, unpriced_calls, unreported_calls, reported_cost_usd) = (
       SELECT sum(cost_usd), count(*) - count(cost_usd), count(*) - count(input_tokens), sum(reported_cost_usd)
       FROM genai_call WHERE session_id = @id AND status = 'completed')
     WHERE id = @id`,
  )
  return {
    price(id) {
      const prices = current()
      for (const { startNs, traceId, spanId, requestModel, ...usage } of unpriced.all(id, prices.version)) {
        const answered = priceCall(usage, prices)
        const priced = answered.receipt ?? priceCall({ ...usage, model: requestModel }, prices).receipt
        setCost.run({ usd: priced?.usd ?? null, version: prices.version, startNs, traceId, spanId })
      }
    },
    sum(id) {
      setSum.run({ id })
    },
  }
}
