import { z } from 'zod'
import { finding } from '../model/findings/finding.ts'

const count = z.number().int().nonnegative()

/** A finding with what its kind means. */
export const sessionFinding = finding.extend({
  /** When it is found and what it counts. */
  definition: z.string(),
  /** The signals without which its kind is silent. */
  needs: z.string(),
})

/** What one source says that the session itself used; null: it does not say. */
export const tokenCount = z.object({
  /** responses: the completed ones. turns: what the spans of turns add up to. metrics: Codex's sums, where no other session ran meanwhile. */
  source: z.enum(['responses', 'turns', 'metrics', 'file']),
  input: count.nullable(),
  cached: count.nullable(),
  output: count.nullable(),
  reasoning: count.nullable(),
  /** Input and output. */
  total: count,
})

export const contextGauge = z.object({
  /** How full the window was at each call, in order of time. */
  fills: z.array(
    z.object({
      rowId: z.string().nullable(),
      atMs: z.number(),
      tokens: count,
      window: count,
      /** Of the window. */
      share: z.number().min(0).max(1),
    }),
  ),
  compactions: z.array(z.object({ rowId: z.string(), startMs: z.number(), endMs: z.number() })),
  /** That fit into the window at the recent growth; null where it does not grow, or nothing tells. */
  callsLeft: count.nullable(),
})

export const findingsResult = z.object({
  /** One sentence; null for a session without a moment inside turns. */
  verdict: z.string().nullable(),
  /** Time inside turns: what findings lost never adds up to more. */
  busyMs: z.number().nonnegative(),
  /** The most time first, then the most money. */
  findings: z.array(sessionFinding),
  /** What each source says of the session's tokens. */
  tokens: z.array(tokenCount),
  /** Why they differ; null where they agree. */
  tokensDiffer: z.string().nullable(),
  /** null where nothing received tells how large the window is. */
  context: contextGauge.nullable(),
})

export type SessionFinding = z.infer<typeof sessionFinding>
export type FindingsResult = z.infer<typeof findingsResult>
