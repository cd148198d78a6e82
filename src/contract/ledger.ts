import { z } from 'zod'
import { shareKind } from '../model/ledger/share.ts'

const ms = z.number().nonnegative()
const count = z.number().int().nonnegative()

/** One share of a wall time. `ms` is null where nothing that was received tells, and then `share` is too. */
export const ledgerShare = z.object({ kind: shareKind, ms: ms.nullable(), share: z.number().min(0).max(1).nullable() })

export const turnLedger = z.object({
  number: count,
  turnId: z.string().nullable(),
  startMs: z.number(),
  wallMs: ms,
  shares: z.array(ledgerShare),
})

/** The known shares add up to the wall time; `intervals` tile it in order. */
export const ledgerResult = z.object({
  startMs: z.number(),
  wallMs: ms,
  /** Whether the wall goes on. */
  live: z.boolean(),
  /** Each share with the rows of `session.tree` whose own time is in it. */
  shares: z.array(ledgerShare.extend({ rowIds: z.array(z.string()) })),
  turns: z.array(turnLedger),
  intervals: z.array(z.object({ kind: shareKind, startMs: z.number(), durationMs: ms })),
})

export const percentileParams = z.object({
  kind: z.enum(['tool', 'model']),
  /** Of a tool: `historyName` of its row's label and detail (src/model/ledger/history.ts). Of a model: its name. */
  name: z.string().max(500),
  /** Its own running time, without waits. */
  durationMs: ms,
})

export const percentileResult = z.object({
  /** Finished calls of that name, this one included where it has finished. */
  count,
  /** Percent of them that took less; null without any. */
  percentile: z.number().min(0).max(100).nullable(),
})

export type LedgerResult = z.infer<typeof ledgerResult>
