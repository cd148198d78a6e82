const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Ranges that end now, by the word that stands for them in a link. */
export const presets = [
  { id: '15m', ms: 15 * minute, name: 'Last 15 minutes', before: 'on the 15 minutes before' },
  { id: '1h', ms: hour, name: 'Last hour', before: 'on the hour before' },
  { id: '6h', ms: 6 * hour, name: 'Last 6 hours', before: 'on the 6 hours before' },
  { id: '24h', ms: day, name: 'Last 24 hours', before: 'on the 24 hours before' },
  { id: '7d', ms: 7 * day, name: 'Last 7 days', before: 'on the week before' },
  { id: '30d', ms: 30 * day, name: 'Last 30 days', before: 'on the 30 days before' },
  { id: '90d', ms: 90 * day, name: 'Last 90 days', before: 'on the 90 days before' },
] as const

export type PresetId = (typeof presets)[number]['id']

/** What is looked at: a stretch that ends now and moves with it, or one between two moments. */
export type Range =
  | { readonly kind: 'preset'; readonly id: PresetId }
  | { readonly kind: 'custom'; readonly fromMs: number; readonly toMs: number }

export interface Bounds {
  readonly fromMs: number
  readonly toMs: number
}

/** What the dashboards show before anybody has chosen. */
export const usualRange: Range = { kind: 'preset', id: '7d' }

/** The furthest moment that the store can hold, and that a link may name. */
const lastMs = 9e12

export function boundsOf(range: Range, nowMs: number): Bounds {
  if (range.kind === 'custom') return { fromMs: range.fromMs, toMs: range.toMs }
  const ms = presets.find(({ id }) => id === range.id)?.ms ?? 0
  return { fromMs: nowMs - ms, toMs: nowMs }
}

/** The stretch of the same length that ends where this one begins. */
export function boundsBefore({ fromMs, toMs }: Bounds): Bounds {
  return { fromMs: Math.max(0, 2 * fromMs - toMs), toMs: fromMs }
}

/** The words after a change: "on the week before". */
export function beforeWords(range: Range): string {
  const known = range.kind === 'preset' ? presets.find(({ id }) => id === range.id) : undefined
  return known?.before ?? 'on the stretch before'
}

type QueryValue = string | null | undefined | readonly (string | null)[]
export type Query = Readonly<Record<string, QueryValue>>

/** A custom range in whole milliseconds; null where the two moments make none. */
export function customRange(fromMs: number, toMs: number): Range | null {
  const [from, to] = [Math.round(fromMs), Math.round(toMs)]
  return from >= 0 && to <= lastMs && from < to ? { kind: 'custom', fromMs: from, toMs: to } : null
}

/** The range that a link names; null where it names none, or none that can be. */
export function readRange(query: Query): Range | null {
  const known = presets.find(({ id }) => id === query['range'])
  if (known) return { kind: 'preset', id: known.id }
  if (query['range'] !== 'custom') return null
  const [from, to] = [query['from'], query['to']]
  return typeof from === 'string' && typeof to === 'string' ? customRange(Number(from), Number(to)) : null
}

export function writeRange(range: Range | null): Readonly<Record<string, string>> {
  if (range === null) return {}
  if (range.kind === 'preset') return { range: range.id }
  return { range: 'custom', from: String(range.fromMs), to: String(range.toMs) }
}

/** The keys of a link that hold the range. */
export const rangeKeys = ['range', 'from', 'to'] as const
