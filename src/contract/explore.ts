import { z } from 'zod'
import { filters } from '../model/panels/filters.ts'
import { edgesMs, momentMs, zone } from './panels.ts'
import { called } from '../model/session/name.ts'

const count = z.number().int().nonnegative()
const range = { fromMs: momentMs, toMs: momentMs }
const limit = z.number().int().min(1).max(500).default(200)
const words = z.string().max(500)
/** Where a list goes on; what is in it is the engine's own business. */
const cursor = z.string().max(200)

const logChoice = z.object({
  ...range,
  filters: filters.prefault({}),
  events: z.array(z.string().max(500)).max(200).optional(),
  /** OTLP's severity number: 9 info, 13 warning, 17 error. */
  minSeverity: z.number().int().min(0).max(24).default(0),
})

export const exploreLogsParams = logChoice.extend({
  /** Looked for in the event's name, its body, and in keys and values of its attributes, case ignored. */
  text: words.default(''),
  /** Each of these must be there, with exactly this value. */
  attributes: z
    .array(z.object({ key: z.string().max(500), value: z.string().max(2000) }))
    .max(20)
    .default([]),
  after: cursor.optional(),
  limit,
})

export const exploreLog = z.object({
  ref: z.string(),
  timeMs: z.number(),
  event: z.string(),
  severity: z.string(),
  service: z.string(),
  sessionId: z.string().nullable(),
  summary: z.string(),
})

export const exploreLogsResult = z.object({
  /** Newest first. */
  logs: z.array(exploreLog),
  /** null: there are no older ones. */
  next: cursor.nullable(),
  /** How far back this answer has looked: with a text, a list can end before its page is full. */
  lookedBackToMs: z.number(),
})

export const logFacetsParams = logChoice
  .omit({ events: true })
  .extend({ bucketMs: z.number().int().min(1000).optional(), zone: zone.optional() })

export const logFacetsResult = z.object({
  total: count,
  /** Most frequent first. */
  events: z.array(z.object({ event: z.string(), count })),
  severities: z.array(z.object({ severity: z.string(), minSeverity: count, count })),
  bucketMs: count,
  edgesMs,
  /** `bad`: warnings and worse. */
  histogram: z.array(z.object({ atMs: z.number(), count, bad: count })),
})

/** `turn`: one that failed though no request or response in it did. */
export const errorKind = z.enum(['response', 'request', 'turn', 'tool', 'app', 'log'])

export const exploreErrorsParams = z.object({
  ...range,
  filters: filters.prefault({}),
  kinds: z.array(errorKind).max(errorKind.options.length).optional(),
  text: words.default(''),
  limit,
})

export const exploreError = z.object({
  kind: errorKind,
  timeMs: z.number(),
  sessionId: z.string().nullable(),
  session: called,
  /** Model, tool or event that failed. */
  what: z.string(),
  message: z.string(),
  callId: z.string().nullable(),
  /** The number of its turn; only of a turn that failed. */
  turn: count.nullable(),
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
})

export const exploreErrorsResult = z.object({
  /** Newest first. */
  errors: z.array(exploreError),
  /** Of each kind that fits all but `kinds`, up to `counted`. */
  kinds: z.array(z.object({ kind: errorKind, count })),
  /** There are more of a kind than are counted. */
  truncated: z.boolean(),
})

export const exploreSpansParams = z.object({
  ...range,
  name: z.string().max(500).default(''),
  service: z.string().max(500).default(''),
  minDurationMs: z.number().min(0).default(0),
  /** Looked for in the span's bytes: names, attributes, events. */
  text: words.default(''),
  after: cursor.optional(),
  limit,
})

export const exploreSpan = z.object({
  ref: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  service: z.string(),
  startMs: z.number(),
  durationMs: z.number().nullable(),
  status: z.enum(['unset', 'ok', 'error']),
  sessionId: z.string().nullable(),
  session: called,
})

export const exploreSpansResult = z.object({
  /** Those that arrived last come first. */
  spans: z.array(exploreSpan),
  next: cursor.nullable(),
  lookedBackToMs: z.number(),
})

export const spanNamesParams = exploreSpansParams.omit({ limit: true })

export const spanNamesResult = z.object({
  /** Of the spans that this step has looked at: durations added up, what runs at the same time counts each. */
  names: z.array(z.object({ name: z.string(), count, ms: z.number(), longestMs: z.number() })),
  next: cursor.nullable(),
  lookedBackToMs: z.number(),
})

export const exploreSecretsParams = z.object({ ...range, filters: filters.prefault({}), after: cursor.optional() })

export const exploreSecretsResult = z.object({
  /** Records that hold what looks like a secret, as they are looked through. */
  found: z.array(
    z.object({
      ref: z.string(),
      timeMs: z.number(),
      /** Event or span. */
      name: z.string(),
      sessionId: z.string().nullable(),
      session: called,
      /** What kinds of secrets stand in which attributes, and how many; never what they are. */
      places: z.array(z.object({ kind: z.string(), field: z.string(), count })),
      callId: z.string().nullable(),
      traceId: z.string().nullable(),
      spanId: z.string().nullable(),
    }),
  ),
  /** Records that this step has looked through. */
  looked: count,
  /** Where the next step goes on; null: all was looked through. */
  next: cursor.nullable(),
  lookedBackToMs: z.number(),
})

export const recordOfParams = z.object({ ref: z.string().max(100) })
export const recordOfResult = z.object({ record: z.unknown() })

export const metricNamesResult = z.object({
  metrics: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      unit: z.string(),
      series: count,
      /** Keys of labels, and the values that each takes. */
      labels: z.array(z.object({ key: z.string(), values: z.array(z.string()) })),
    }),
  ),
})

export const aggregation = z.enum(['sum', 'count', 'mean', 'min', 'max', 'p50', 'p95'])

export const metricParams = z.object({
  ...range,
  name: z.string().max(500),
  aggregation,
  /** One line a value of this label. */
  groupBy: z.string().max(200).optional(),
  /** Only series that have these labels. */
  labels: z
    .array(z.object({ key: z.string().max(200), value: z.string().max(2000) }))
    .max(20)
    .default([]),
  bucketMs: z.number().int().min(60_000).optional(),
  zone: zone.optional(),
})

export const metricResult = z.object({
  bucketMs: count,
  edgesMs,
  unit: z.string(),
  /** Percentiles of histograms are read off their buckets. */
  isEstimate: z.boolean(),
  points: z.array(z.object({ atMs: z.number(), group: z.string(), value: z.number() })),
})

export const sqlParams = z.object({
  sql: z.string().max(100_000),
  limit: z.number().int().min(1).max(10_000).default(1000),
})

const cell = z.union([z.string(), z.number(), z.null()])

export const sqlResult = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
  /** There are more rows than were asked for, or than an answer can hold. */
  truncated: z.boolean(),
  /** So many cells were longer than an answer can hold; they end with “…”. */
  cutCells: count,
  elapsedMs: z.number(),
})

export const sqlSchemaResult = z.object({
  views: z.array(
    z.object({
      name: z.string(),
      meaning: z.string(),
      columns: z.array(z.object({ name: z.string(), meaning: z.string() })),
    }),
  ),
})
