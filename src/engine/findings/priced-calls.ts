import type { PricedCall } from '../../model/findings/context.ts'
import { priceCall, type Receipt } from '../../model/pricing/cost.ts'
import { rateFor, type PriceList } from '../../model/pricing/price.ts'
import type { Db } from '../store/database.ts'

interface CallRow {
  at: number
  atMs: number
  model: string | null
  effort: string | null
  tier: string | null
  input: number
  cached: number
  cacheWrite: number
  output: number
  reasoning: number
  ttftMs: number | null
}

/** The completed responses of a session in order of time, each with the price of its tokens. `base` in Unix nanoseconds. */
export function pricedCalls(db: Db, sessionId: string, base: bigint, prices: PriceList): PricedCall[] {
  return db
    .prepare<object, CallRow>(
      `SELECT at_ns - @base AS at, at_ns / 1e6 AS atMs, model, effort, tier, input_tokens AS input, cached_tokens AS cached,
         cache_write_tokens AS cacheWrite, output_tokens AS output, reasoning_tokens AS reasoning, coalesce(first_token_ms, ttft_ms) AS ttftMs
       FROM api_call WHERE session_id = @sessionId AND status = 'completed' ORDER BY at_ns, event_kind`,
    )
    .all({ sessionId, base })
    .map(({ atMs, tier, cacheWrite, ...call }) => {
      const { receipt } = priceCall({ ...call, atMs, tier, cacheWrite }, prices)
      return { ...call, usd: receipt?.usd ?? null, rates: receipt === null ? null : ratesOf(receipt, call.input) }
    })
}

function ratesOf({ price, tierFactor }: Receipt, input: number): PricedCall['rates'] {
  const rate = (of: typeof price.input): number => (rateFor(of, input) * tierFactor) / 1e6
  return {
    input: rate(price.input),
    cached: rate(price.cached ?? price.input),
    output: rate(price.output ?? price.input),
  }
}
