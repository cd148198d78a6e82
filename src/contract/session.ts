import { z } from 'zod'
import { sessionSummary } from '../model/session/summary.ts'

const count = z.number().int().nonnegative()

export const sessionListParams = z.object({
  helpers: z.boolean().default(true),
  limit: z.number().int().min(1).max(10_000).default(1000),
  offset: z.number().int().min(0).default(0),
  /** Words looked for in ids and prompts, case ignored. */
  search: z.string().max(500).optional(),
  fromMs: z.number().optional(),
  toMs: z.number().optional(),
})

export const sessionListResult = z.object({
  sessions: z.array(sessionSummary),
  /** How many match, before limit and offset. */
  total: count,
})

export const sessionGetResult = sessionSummary.extend({
  /** Raw spans of the traces that name this session or one of its helpers below it. */
  spanCount: count,
  logCount: count,
  traceCount: count,
})

export type SessionDetails = z.infer<typeof sessionGetResult>
