import { z } from 'zod'
import { filterFields, filters } from '../model/panels/filters.ts'
import { isZone } from '../model/panels/zone.ts'
import { called } from '../model/session/name.ts'

const count = z.number().int().nonnegative()

/** A moment, in Unix milliseconds, in reach of the store's nanoseconds. */
export const momentMs = z.number().min(0).max(9e12)

/** By whose clock days and weeks begin: an IANA name; left out, the machine's own. */
export const zone = z.string().max(100).refine(isZone, 'is no time zone: an IANA name is, such as Europe/Vienna')

/** Where each bucket begins, and where the last one ends. Days have 23 or 25 hours at times. */
export const edgesMs = z.array(z.number())

export const panelView = z.custom<Readonly<Record<string, unknown>> & { readonly kind: string }>(
  (value) => typeof value === 'object' && value !== null && 'kind' in value,
)

/** What a figure is of the things behind it: how many, what they add up to, or made of them; a metric has none. */
const behind = z.union([
  z.object({ is: z.enum(['count', 'sum', 'made']) }),
  z.object({ is: z.literal('metric'), name: z.string() }),
])

export const panelEntry = z.object({
  id: z.string(),
  dashboard: z.enum(['codex', 'genai']),
  section: z.string(),
  title: z.string(),
  meaning: z.string(),
  excluded: z.string(),
  unit: z.string(),
  needs: z.enum(['logs', 'traces', 'metrics']),
  /** Looks only at so much before the end of the range. */
  lastMs: count.optional(),
  /** Columns of a row that tell rows apart, and what its figures are made of: `panel.behind` lists it. */
  by: z.array(z.string()),
  behind: z.record(z.string(), behind),
  /** Each row is one of these itself. */
  list: z.enum(['errors', 'logs']).optional(),
  /** Not shown until it is asked for. */
  spare: z.literal(true).optional(),
  size: z.object({ width: count, height: count }),
  view: panelView,
  /** The panel's own SELECT, and the tables that it selects from. */
  sql: z.string(),
  sources: z.string(),
})

export const panelListResult = z.object({ panels: z.array(panelEntry) })

export const panelRunParams = z.object({
  panel: z.string().max(100),
  fromMs: momentMs,
  toMs: momentMs,
  filters: filters.prefault({}),
  /** Left out: as many as a chart can show. */
  bucketMs: z.number().int().min(1000).max(1e11).optional(),
  zone: zone.optional(),
})

export const panelRunResult = z.object({
  rows: z.array(z.record(z.string(), z.unknown())),
  /** What the sessions are named by that stand in rows, by id. */
  sessions: z.record(z.string(), called),
  unit: z.string(),
  meaning: z.string(),
  excluded: z.string(),
  /** 0 where the panel is not over time. */
  bucketMs: count,
  edgesMs,
})

export const panelBehindParams = z.object({
  panel: z.string().max(100),
  /** A column of the panel's rows. */
  figure: z.string().max(100),
  fromMs: momentMs,
  toMs: momentMs,
  filters: filters.prefault({}),
  /** Of which rows: any of the values of each column. Left out: of all. */
  by: z
    .record(
      z.string().max(100),
      z
        .array(z.union([z.string().max(1000), z.number()]))
        .min(1)
        .max(500),
    )
    .default({}),
  /** One row a thing, or a session with all of its own. */
  each: z.enum(['fact', 'session']).default('fact'),
  /** The newest first, or the largest. */
  order: z.enum(['time', 'value']).default('time'),
  limit: z.number().int().min(1).max(1000).default(200),
})

export const panelBehindResult = z.object({
  is: z.enum(['count', 'sum', 'made']),
  /** Of `value` and `sum`. */
  unit: z.enum(['count', 'tokens', 'usd', 'ms']),
  /** Of all things, also of those that are not listed. */
  total: count,
  sum: z.number(),
  sessions: count,
  rows: z.array(
    z.object({
      kind: z.enum(['response', 'request', 'tool', 'decision', 'turn', 'prompt', 'session', 'app']),
      timeMs: z.number(),
      sessionId: z.string().nullable(),
      session: called,
      what: z.string(),
      detail: z.string(),
      callId: z.string().nullable(),
      turn: count.nullable(),
      traceId: z.string().nullable(),
      spanId: z.string().nullable(),
      /** What it adds to the figure, or what was measured of it. */
      value: z.number().nullable(),
      /** How many things the row stands for. */
      facts: count,
    }),
  ),
})

/** The values that a filter can take in a range, by field, with how many sessions have them; the most frequent first. */
export const filterValuesParams = z.object({
  fromMs: momentMs,
  toMs: momentMs,
  /** Left out: all. */
  fields: z.array(z.enum([...filterFields, 'attribute'])).optional(),
})
export const filterValuesResult = z.object({
  fields: z.array(
    z.object({ field: z.enum(filterFields), values: z.array(z.object({ value: z.string(), sessions: count })) }),
  ),
  /** What can stand on a session's spans and logs beside what Codex itself says; empty where other fields were asked for. */
  attributes: z.array(z.object({ key: z.string(), values: z.array(z.object({ value: z.string(), sessions: count })) })),
})
