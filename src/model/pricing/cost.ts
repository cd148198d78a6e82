import { rateFor, type Price, type PriceList } from './price.ts'
import { tierFactor } from './service-tier.ts'

/** What one response used, as the Responses API counts: `input` includes cached and cache writes, `output` reasoning. */
export interface Usage {
  readonly model: string | null
  /** As `gen_ai.provider.name` says it; without one, OpenAI is asked first. */
  readonly provider?: string | null
  readonly atMs: number
  readonly tier: string | null
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  /** Of these, what is kept for an hour and not five minutes; only Anthropic has it. */
  readonly hourWrite?: number
  readonly output: number
}

export interface CostLine {
  readonly kind: 'input' | 'cached' | 'cache_write' | 'cache_write_hour' | 'output'
  readonly tokens: number
  /** US dollars for a million tokens, the service tier's factor not included. */
  readonly perMillion: number
  readonly usd: number
}

export interface Receipt {
  readonly price: Price
  readonly longContext: boolean
  readonly tierFactor: number
  readonly lines: readonly CostLine[]
  readonly usd: number
}

/** Why a call has no cost: it is listed as such, and never counts as $0. */
export type Unpriced = 'no_model' | 'unknown_model' | 'unknown_tier' | 'not_reported'

export type Priced =
  { readonly receipt: Receipt; readonly unpriced: null } | { readonly receipt: null; readonly unpriced: Unpriced }

/** The cost of one response by the price row of its model at its time, and how it came about. */
export function priceCall(usage: Usage, prices: PriceList): Priced {
  if (usage.model === null) return { receipt: null, unpriced: 'no_model' }
  const price = prices.find(usage.model, usage.atMs, usage.provider ?? null)
  if (price === null || (price.output === null && usage.output > 0)) return { receipt: null, unpriced: 'unknown_model' }
  const longContext = price.input.tiers.some(({ above }) => usage.input > above)
  const factor = tierFactor(usage.tier, price.model, longContext)
  if (factor === null) return { receipt: null, unpriced: 'unknown_tier' }
  const lines = linesOf(usage, price, factor).filter(({ tokens }) => tokens > 0)
  const usd = lines.reduce((sum, line) => sum + line.usd, 0)
  return { receipt: { price, longContext, tierFactor: factor, lines, usd }, unpriced: null }
}

/** Anthropic asks twice the price of input for an hour, and 1.25 times for five minutes (docs.claude.com, prompt caching, pricing). */
function hourRate({ base, tiers }: Price['input']): Price['input'] {
  return { base: base * 2, tiers: tiers.map(({ above, rate }) => ({ above, rate: rate * 2 })) }
}

function linesOf(
  { input, cached, cacheWrite, hourWrite = 0, output }: Usage,
  price: Price,
  factor: number,
): CostLine[] {
  const line = (kind: CostLine['kind'], tokens: number, rate: Price['input']): CostLine => {
    const perMillion = rateFor(rate, input)
    return { kind, tokens, perMillion, usd: (tokens * perMillion * factor) / 1e6 }
  }
  return [
    line('input', Math.max(0, input - cached - cacheWrite), price.input),
    line('cached', cached, price.cached ?? price.input),
    line('cache_write', cacheWrite - hourWrite, price.cacheWrite ?? price.input),
    line('cache_write_hour', hourWrite, price.hourWrite ?? hourRate(price.input)),
    line('output', output, price.output ?? price.input),
  ]
}
