import { z } from 'zod'
import { filterFields, filters } from '../model/panels/filters.ts'
import { isZone } from '../model/panels/zone.ts'

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
  drill: z.string(),
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
  unit: z.string(),
  meaning: z.string(),
  excluded: z.string(),
  /** 0 where the panel is not over time. */
  bucketMs: count,
  edgesMs,
})

/** The values that a filter can take in a range, by field, with how many sessions have them; the most frequent first. */
export const filterValuesParams = z.object({ fromMs: momentMs, toMs: momentMs })
export const filterValuesResult = z.object({
  fields: z.array(
    z.object({ field: z.enum(filterFields), values: z.array(z.object({ value: z.string(), sessions: count })) }),
  ),
})
