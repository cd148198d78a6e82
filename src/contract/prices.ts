import { z } from 'zod'

const count = z.number().int().nonnegative()
/** US dollars for a million tokens. */
const rate = z.number().min(0).max(1_000_000)

/** A user's own price of a model; it stands before that of the price list. */
export const priceOverride = z.object({
  model: z.string().min(1).max(200),
  input: rate,
  /** null: what other input costs. */
  cached: rate.nullable(),
  cacheWrite: rate.nullable(),
  output: rate,
})

export const pricesResult = z.object({
  /** Of the list that is in use, own prices included; it stands beside every figure that was made with it. */
  version: z.string(),
  /** When the list was fetched; null: it is the one that came with the product. */
  fetchedAtMs: z.number().nullable(),
  /** Where an update comes from. */
  source: z.string(),
  overrides: z.array(priceOverride),
  /** Models of calls that could not be priced, most calls first. */
  unpriced: z.array(z.object({ model: z.string().nullable(), calls: count })),
  /** Sessions whose costs are still being made anew. */
  waiting: count,
})

export type PriceOverride = z.infer<typeof priceOverride>
