import { z } from 'zod'
import { treeRow } from '../model/tree/row.ts'

const count = z.number().int().nonnegative()

export const treeResult = z.object({
  rows: z.array(treeRow),
  /** Sum of `spanCount` over all rows. */
  spanCount: count,
  startMs: z.number(),
  endMs: z.number(),
})

/** Raw spans behind one folded row, parents before children; `depth` is within that row. */
export const rawSpanRow = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().nullable(),
  depth: count,
  name: z.string(),
  startMs: z.number(),
  durationMs: z.number(),
  error: z.boolean(),
})

export const searchParams = z.object({
  id: z.string(),
  query: z.string().min(1).max(200),
  /** A newer search of the same asker ends this one, which is answered `unavailable` then: people go on typing. */
  asker: z.string().max(64).optional(),
})

/** Where a search found its words: in names, attributes, events, arguments and output. */
export const searchResult = z.object({
  /** Rows with a match, and how many raw spans and logs of theirs match. */
  rows: z.array(z.object({ rowId: z.string(), spans: count, logs: count })),
  /** The matching spans themselves by their trace, at most `searchedSpansLimit` of them. */
  spans: z.array(z.object({ traceId: z.string(), spanIds: z.array(z.string()) })),
  spanCount: count,
  logCount: count,
})

export const searchedSpansLimit = 5000

export const rowRef = z.object({ id: z.string(), rowId: z.string() })

/** One fact or attribute for display: a name and a value that is text already. */
export const field = z.object({ name: z.string(), value: z.string() })

export const rowLog = z.object({
  timeMs: z.number(),
  event: z.string(),
  summary: z.string(),
  severity: z.string(),
  /** The whole record with its resource and scope, in OTLP/JSON's field names. */
  raw: z.unknown(),
})

export const rowDetails = z.object({
  row: treeRow,
  /** What Colophon makes of it: outcome, durations, tokens. */
  fields: z.array(field),
  arguments: z.string().nullable(),
  output: z.string().nullable(),
  prompt: z.string().nullable(),
  logs: z.array(rowLog),
  /** The span that stands for the row, whole, where it has arrived. */
  span: z.unknown(),
})

export type TreeResult = z.infer<typeof treeResult>
export type RawSpanRow = z.infer<typeof rawSpanRow>
export type RowDetails = z.infer<typeof rowDetails>
