import { z } from 'zod'
import { finding } from '../model/findings/finding.ts'

/** A finding with what its kind means. */
export const sessionFinding = finding.extend({
  /** When it is found and what it counts. */
  definition: z.string(),
  /** The signals without which its kind is silent. */
  needs: z.string(),
})

export const findingsResult = z.object({
  /** One sentence; null for a session without a moment inside turns. */
  verdict: z.string().nullable(),
  /** Time inside turns: what findings lost never adds up to more. */
  busyMs: z.number().nonnegative(),
  /** The most time first, then the most money. */
  findings: z.array(sessionFinding),
})

export type SessionFinding = z.infer<typeof sessionFinding>
export type FindingsResult = z.infer<typeof findingsResult>
