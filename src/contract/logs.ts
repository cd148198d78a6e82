import { z } from 'zod'

const count = z.number().int().nonnegative()
/** Unix nanoseconds, which a number cannot hold. */
const timeNs = z.string().regex(/^\d{1,19}$/)

export const logsParams = z.object({
  id: z.string(),
  /** Also those of the sessions below it. */
  helpers: z.boolean().default(false),
  /** Also the records of streamed deltas, one a piece of text. */
  deltas: z.boolean().default(false),
  offset: count.default(0),
  limit: z.number().int().min(1).max(500).default(200),
  events: z.array(z.string()).max(200).optional(),
  /** Looked for in the event's name and in keys and values of its attributes, case ignored. */
  search: z.string().max(500).optional(),
  fromMs: z.number().optional(),
  toMs: z.number().optional(),
})

export const logRow = z.object({
  timeMs: z.number(),
  timeNs,
  event: z.string(),
  severity: z.string(),
  summary: z.string(),
  sessionId: z.string(),
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
})

export const logsResult = z.object({
  total: count,
  /** In order of time. */
  logs: z.array(logRow),
  /** Events among all that fits but for `events`, most frequent first. */
  facets: z.array(z.object({ event: z.string(), count })),
  /** More records fit than one question may read: totals and facets are of the earliest. */
  truncated: z.boolean(),
})

export const recordParams = z.object({ sessionId: z.string(), timeNs, event: z.string() })

/** Usually one; records that share session, time and event are told apart by nothing else. */
export const recordResult = z.object({ records: z.array(z.unknown()).min(1) })

export type LogRow = z.infer<typeof logRow>
