import { z } from 'zod'
import { finding } from '../findings/finding.ts'
import { shareKind } from '../ledger/share.ts'
import { tokens } from '../session/summary.ts'
import type { RedactionKind } from './redaction.ts'

const count = z.number().int().nonnegative()
const ms = z.number().nonnegative()
const share = z.object({
  kind: shareKind,
  ms: ms.nullable().describe('null where nothing that was received tells'),
  share: z.number().nullable().describe('of the wall time, 0 to 1'),
})
const cost = z.object({
  calls: count.describe('completed responses'),
  unpricedCalls: count,
  tokens,
  costUsd: z.number().nonnegative().nullable().describe('null where nothing could be priced'),
})

/**
 * What Colophon makes of a session on the day of the export: it depends on the prices and on the other sessions of that day, so a
 * reader takes it as a report, and an import works it out anew.
 */
export const workedOut = z.object({
  ledger: z
    .object({
      wallMs: ms,
      shares: z.array(share),
      turns: z.array(z.object({ number: count, wallMs: ms, shares: z.array(share) })),
    })
    .describe('where the time of the session itself went; the known shares add up to the wall time'),
  cost: z
    .object({
      label: z.string(),
      priceVersion: z.string(),
      total: cost.describe('with the helpers'),
      own: cost,
      models: z.array(cost.extend({ model: z.string().nullable() })),
    })
    .describe('US dollars at the list prices of this version'),
  verdict: z.string().nullable(),
  busyMs: ms.describe('inside turns; what findings lost never adds up to more'),
  findings: z.array(finding.extend({ dismissed: z.boolean().describe('"not a problem", as the user said') })),
  tokensDiffer: z.string().nullable().describe('why the sources of the token counts differ'),
})

export type WorkedOut = z.infer<typeof workedOut>

/** What a file says beside the session itself. */
export interface Report {
  readonly redacted: readonly RedactionKind[]
  readonly workedOut: WorkedOut
}
