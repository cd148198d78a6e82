import { z } from 'zod'
import { sessionKind, tokens } from '../model/session/summary.ts'

const count = z.number().int().nonnegative()
const usd = z.number().nonnegative()
/** null where nothing could be priced: never $0. */
const cost = usd.nullable()

export const unpricedReason = z.enum(['no_model', 'unknown_model', 'unknown_tier', 'not_reported'])

/** The price row that a cost comes from. Rates are US dollars for a million tokens. */
export const priceRow = z.object({
  provider: z.string(),
  model: z.string(),
  /** First day of the row, UTC; null: since ever. */
  from: z.string().nullable(),
  /** The request's input was over the threshold of the dearer tier. */
  longContext: z.boolean(),
  tierFactor: z.number().positive(),
})

export const costLine = z.object({
  kind: z.enum(['input', 'cached', 'cache_write', 'cache_write_hour', 'output']),
  tokens: count,
  perMillion: usd,
  usd,
})

export const receiptCall = z.object({
  sessionId: z.string(),
  sessionKind,
  timeMs: z.number(),
  timeNs: z.string(),
  /** Of its session. */
  turn: count.nullable(),
  model: z.string().nullable(),
  effort: z.string().nullable(),
  tier: z.string().nullable(),
  tokens,
  costUsd: cost,
  /** As the sender reckons; null where it says nothing. */
  reportedCostUsd: cost,
  /** Why the two differ, as far as it can be told. */
  reportedDiffers: z.enum(['same', 'hour_writes', 'unknown']).nullable(),
  price: priceRow.nullable(),
  lines: z.array(costLine),
  unpriced: unpricedReason.nullable(),
})

export const costSum = z.object({
  calls: count,
  unpricedCalls: count,
  /** Of these, calls of which nothing says what they used. */
  unreportedCalls: count,
  tokens,
  costUsd: cost,
  /** Of the calls that the sender reckons the cost of; the estimate is that of the same calls, null where one has none. */
  reported: z.object({ calls: count, usd, estimatedUsd: cost }).nullable(),
})

export const receiptsResult = z.object({
  label: z.string(),
  priceVersion: z.string(),
  total: costSum,
  /** The session's own calls, and those of the sessions below it. */
  own: costSum,
  helpers: costSum,
  /** Dearest first; a model without a price last. */
  models: z.array(costSum.extend({ model: z.string().nullable() })),
  unpriced: z.array(
    z.object({ model: z.string().nullable(), tier: z.string().nullable(), reason: unpricedReason, calls: count }),
  ),
  /** In order of time. */
  calls: z.array(receiptCall),
})

export type ReceiptCall = z.infer<typeof receiptCall>
export type ReceiptsResult = z.infer<typeof receiptsResult>
