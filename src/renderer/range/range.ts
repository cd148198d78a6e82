const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const last =
  (ms: number) =>
  (nowMs: number): number =>
    nowMs - ms
const stretchBefore = 'on the period before'

/** The midnight that begins a day, by the clock of who looks: days have 23 or 25 hours at times. */
function midnight(nowMs: number, days: number): number {
  const now = new Date(nowMs)
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime()
}

function monthBegin(nowMs: number, months: number): number {
  const now = new Date(nowMs)
  return new Date(now.getFullYear(), now.getMonth() + months, 1).getTime()
}

/** Weeks begin on Mondays, as the bars of charts do. */
function monday(nowMs: number): number {
  return midnight(nowMs, -((new Date(nowMs).getDay() + 6) % 7))
}

/** Ranges that end now, by the word that stands for them in a link: it means the same tomorrow. */
export const presets = [
  { id: '15m', from: last(15 * minute), name: 'Last 15 minutes', before: 'on the 15 minutes before' },
  { id: '1h', from: last(hour), name: 'Last hour', before: 'on the hour before' },
  { id: '6h', from: last(6 * hour), name: 'Last 6 hours', before: 'on the 6 hours before' },
  { id: '24h', from: last(day), name: 'Last 24 hours', before: 'on the 24 hours before' },
  { id: '7d', from: last(7 * day), name: 'Last 7 days', before: 'on the week before' },
  { id: '30d', from: last(30 * day), name: 'Last 30 days', before: 'on the 30 days before' },
  { id: '90d', from: last(90 * day), name: 'Last 90 days', before: 'on the 90 days before' },
  { id: 'today', from: (nowMs: number) => midnight(nowMs, 0), name: 'Today', before: stretchBefore },
  { id: 'week', from: monday, name: 'This week', before: stretchBefore },
  { id: 'month', from: (nowMs: number) => monthBegin(nowMs, 0), name: 'This month', before: stretchBefore },
] as const

/** Ranges of the calendar that are over. */
export const pastRanges = [
  {
    id: 'yesterday',
    name: 'Yesterday',
    bounds: (nowMs: number): Bounds => ({ fromMs: midnight(nowMs, -1), toMs: midnight(nowMs, 0) }),
  },
  {
    id: 'last-month',
    name: 'Last month',
    bounds: (nowMs: number): Bounds => ({ fromMs: monthBegin(nowMs, -1), toMs: monthBegin(nowMs, 0) }),
  },
] as const

export type PastId = (typeof pastRanges)[number]['id']
export type PresetId = (typeof presets)[number]['id']

/** What is looked at: a stretch that ends now and moves with it, one of the calendar that is over, or one between two moments. */
export type Range =
  | { readonly kind: 'preset'; readonly id: PresetId }
  | { readonly kind: 'past'; readonly id: PastId }
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
  if (range.kind === 'past')
    return pastRanges.find(({ id }) => id === range.id)?.bounds(nowMs) ?? { fromMs: 0, toMs: nowMs }
  const from = presets.find(({ id }) => id === range.id)?.from(nowMs) ?? 0
  // At midnight itself nothing of the day has been yet, and a range has some length.
  return { fromMs: Math.min(from, nowMs - 1), toMs: nowMs }
}

/** The stretch of the same length that ends where this one begins. */
export function boundsBefore({ fromMs, toMs }: Bounds): Bounds {
  return { fromMs: Math.max(0, 2 * fromMs - toMs), toMs: fromMs }
}

/** The words after a change: "on the week before". */
export function beforeWords(range: Range): string {
  const known = range.kind === 'preset' ? presets.find(({ id }) => id === range.id) : undefined
  return known?.before ?? stretchBefore
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
  const past = pastRanges.find(({ id }) => id === query['range'])
  if (past) return { kind: 'past', id: past.id }
  if (query['range'] !== 'custom') return null
  const [from, to] = [query['from'], query['to']]
  return typeof from === 'string' && typeof to === 'string' ? customRange(Number(from), Number(to)) : null
}

export function writeRange(range: Range | null): Readonly<Record<string, string>> {
  if (range === null) return {}
  if (range.kind !== 'custom') return { range: range.id }
  return { range: 'custom', from: String(range.fromMs), to: String(range.toMs) }
}

/** The keys of a link that hold the range. */
export const rangeKeys = ['range', 'from', 'to'] as const
