import { z } from 'zod'
import { sessionSummary } from '../model/session/summary.ts'
import { ledgerResult, turnLedger } from './ledger.ts'

const count = z.number().int().nonnegative()
const ms = z.number().nonnegative()

/** Calls of one tool or model in one session. */
export const callStatistics = z.object({ calls: count, failed: count, totalMs: ms.nullable(), medianMs: ms.nullable() })

const pairOf = <T extends z.ZodType>(schema: T) => z.object({ a: schema, b: schema })

export const comparedSide = z.object({
  summary: sessionSummary,
  ledger: ledgerResult.omit({ intervals: true, turns: true }),
})

const named = z.object({ name: z.string() }).extend(pairOf(callStatistics.nullable()).shape)

export const comparedTurn = z.object({ prompt: z.string().nullable(), ledger: turnLedger })

/** One figure that is not the same. `unit` says how to write it. */
export const difference = z.object({
  name: z.string(),
  unit: z.enum(['ms', 'tokens', 'usd', 'count']),
  a: z.number(),
  b: z.number(),
  delta: z.number(),
  /** `delta` (b - a) as a share of the largest figure of its unit: what the list is ordered by. */
  weight: z.number().min(-1).max(1),
})

export const compareResult = z.object({
  a: comparedSide,
  b: comparedSide,
  tools: z.array(named),
  models: z.array(named),
  /** First prompt with first, second with second; null where one has fewer. */
  turns: z.array(pairOf(comparedTurn.nullable())),
  differences: z.array(difference),
})

export type CompareResult = z.infer<typeof compareResult>
