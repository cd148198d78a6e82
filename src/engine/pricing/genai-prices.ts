import { createRequire } from 'node:module'
import type {
  calcPrice,
  ModelInfo,
  ModelPrice,
  PriceCalculationResult,
  Provider,
  updatePrices,
} from '@pydantic/genai-prices'
import { longestModelName, modelNames } from '../../model/pricing/model-names.ts'
import type { Price, PriceList, Rate } from '../../model/pricing/price.ts'

/**
 * The prices that come with the package, with the dates they are valid from. It looks nothing up over the network unless it is asked
 * to update itself, which it is not.
 */
export const bundledPrices: PriceList = priceList('genai-prices 0.1.8', load)

/** The same from data that was fetched: JSON in the package's own form. Throws an Error in words when it cannot be read. */
export function fetchedPrices(version: string, json: string): PriceList {
  const own = load()
  try {
    const providers = JSON.parse(json) as Provider[]
    own.updatePrices(({ setProviderData }) => {
      setProviderData(providers)
    })
  } catch (error) {
    throw new Error(`the price data cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  return priceList(version, () => own)
}

interface Package {
  readonly calcPrice: typeof calcPrice
  readonly updatePrices: typeof updatePrices
}

/** The package has one set of data at a time, so each list has a package of its own. */
function load(): Package {
  const require = createRequire(import.meta.url)
  const path = require.resolve('@pydantic/genai-prices')
  Reflect.deleteProperty(require.cache, path)
  return require(path) as Package
}

const mostKept = 1000

function priceList(version: string, open: () => Package): PriceList {
  /** Half a megabyte of prices, which most processes never ask for: read at the first question. */
  let opened: Package | null = null
  /** Models and prices are a few, calls are many; a price may depend on the hour, so an answer is kept for its minute only. */
  const kept = new Map<string, Price | null>()
  return {
    version,
    find(model, atMs, provider = null) {
      if (model.length > longestModelName) return null
      const key = `${Math.floor(atMs / 60_000)} ${provider ?? ''} ${model}`
      const known = kept.get(key)
      if (known !== undefined) return known
      opened ??= open()
      const price = lookUp(opened, model, new Date(atMs), provider)
      if (kept.size >= mostKept) kept.clear()
      kept.set(key, price)
      return price
    },
  }
}

function lookUp(prices: Package, model: string, timestamp: Date, provider: string | null): Price | null {
  // Codex speaks to OpenAI; a model of another maker is found by its own name.
  const providerId = provider === null ? 'openai' : (providerIds.get(provider) ?? provider)
  const found = firstOf(
    modelNames(model),
    (name) =>
      // A gateway that the list does not know passes on what it does.
      calculate(prices, name, { timestamp, providerId }) ?? calculate(prices, name, { timestamp }),
  )
  if (found === null) return null
  const { model_price: row } = found
  const [input, output] = [rateOf(row['input_mtok']), rateOf(row['output_mtok'])]
  if (input === null) return null
  return {
    provider: found.provider.id,
    model: found.model.id,
    from: validFrom(found.model, timestamp),
    input,
    cached: rateOf(row['cache_read_mtok']),
    cacheWrite: rateOf(row['cache_write_mtok']),
    hourWrite: rateOf(row['cache_write_1h_mtok']),
    output,
  }
}

function firstOf<T, R>(of: readonly T[], find: (one: T) => R | null): R | null {
  for (const one of of) {
    const found = find(one)
    if (found !== null) return found
  }
  return null
}

/** Names of the GenAI conventions (`gen_ai.provider.name`, `gen_ai.system`) that the package does not know a provider by. */
const providerIds: ReadonlyMap<string, string> = new Map([
  ['az.ai.inference', 'azure'],
  ['az.ai.openai', 'azure'],
  ['azure.ai.inference', 'azure'],
  ['azure.ai.openai', 'azure'],
  ['gcp.gen_ai', 'google'],
  ['gemini', 'google'],
  ['x_ai', 'x-ai'],
])

/** Only the row is asked for: one token of each kind passes every check of the package. */
function calculate(prices: Package, model: string, options: Parameters<typeof calcPrice>[2]): PriceCalculationResult {
  try {
    return prices.calcPrice({ input_tokens: 1, output_tokens: 1 }, model, options)
  } catch {
    // A name that the package cannot read is a model without a price.
    return null
  }
}

function rateOf(price: ModelPrice[string]): Rate | null {
  if (price === undefined) return null
  if (typeof price === 'number') return { base: price, tiers: [] }
  const tiers = price.tiers.map(({ start, price: rate }) => ({ above: start, rate }))
  return { base: price.base, tiers: tiers.sort((a, b) => a.above - b.above) }
}

function validFrom({ prices }: ModelInfo, timestamp: Date): string | null {
  if (!Array.isArray(prices)) return null
  const today = timestamp.toISOString().slice(0, 10)
  const starts = prices.flatMap(({ constraint }) => (constraint?.type === 'start_date' ? [constraint.start_date] : []))
  return (
    starts
      .filter((start) => start <= today)
      .sort()
      .at(-1) ?? null
  )
}
