import type { Bounds } from '../range/range.ts'
import { numberOf, textOf, type Row, type ViewOf } from './rows.ts'

export interface ChartSeries {
  readonly name: string
  /** A tone of the palette; undefined takes the hue of its name. */
  readonly tone: string | undefined
  readonly values: readonly (number | null)[]
  /** The rows' own value of the group, for what a click narrows to; undefined where the series is no group. */
  readonly group?: string
}

export interface TimeData {
  readonly shape: 'line' | 'area' | 'bars'
  readonly bucketMs: number
  /** The starts of all buckets of the range. */
  readonly buckets: readonly number[]
  readonly series: readonly ChartSeries[]
  /** What the series are, where they are groups: `model`, `tool`. */
  readonly kind?: string
}

/** The largest value that is drawn. */
export function mostOf({ shape, buckets }: TimeData, shown: readonly ChartSeries[]): number {
  const at = (bucket: number): number[] => shown.map(({ values }) => values[bucket] ?? 0)
  return Math.max(
    0,
    ...buckets.map((_, bucket) =>
      shape === 'line' ? Math.max(0, ...at(bucket)) : at(bucket).reduce((sum, one) => sum + one, 0),
    ),
  )
}

/** More would need more hues than anybody can tell apart; the smaller ones are summed up. */
const mostGroups = 8

function bucketsOf({ fromMs, toMs }: Bounds, bucketMs: number): number[] {
  const buckets: number[] = []
  for (let at = Math.floor(fromMs / bucketMs) * bucketMs; at < toMs; at += bucketMs) buckets.push(at)
  return buckets
}

/** A bucket without rows is zero where amounts are summed up, and unknown where something is measured. */
function fill(
  buckets: readonly number[],
  at: ReadonlyMap<number, number | null>,
  shape: TimeData['shape'],
): (number | null)[] {
  return buckets.map((bucket) => (at.has(bucket) ? (at.get(bucket) ?? null) : shape === 'line' ? null : 0))
}

export function timeData(
  view: ViewOf<'time'> | ViewOf<'time-by'>,
  rows: readonly Row[],
  bounds: Bounds,
  bucketMs: number,
): TimeData {
  const buckets = bucketsOf(bounds, bucketMs)
  const { shape } = view
  if (view.kind === 'time') {
    const series = view.series.map(({ column, label, tone }) => ({
      name: label,
      tone,
      values: fill(buckets, new Map(rows.map((row) => [numberOf(row, 'atMs') ?? 0, numberOf(row, column)])), shape),
    }))
    return { shape, bucketMs, buckets, series }
  }
  const groups = new Map<string, { sum: number; at: Map<number, number | null>; value: string }>()
  for (const row of rows) {
    const name = textOf(row, view.group)
    const value = numberOf(row, view.value)
    const raw = row[view.group]
    const group = groups.get(name) ?? {
      sum: 0,
      at: new Map<number, number | null>(),
      value: typeof raw === 'string' ? raw : '',
    }
    group.sum += value ?? 0
    group.at.set(numberOf(row, 'atMs') ?? 0, value)
    groups.set(name, group)
  }
  const sorted = [...groups].sort(([, a], [, b]) => b.sum - a.sum)
  const shown = sorted.length > mostGroups ? sorted.slice(0, mostGroups - 1) : sorted
  const rest = sorted.slice(shown.length)
  const series: ChartSeries[] = shown.map(([name, { at, value }]) => ({
    name,
    tone: undefined,
    values: fill(buckets, at, shape),
    group: value,
  }))
  if (rest.length > 0 && shape !== 'line')
    series.push({
      name: `${rest.length} others`,
      tone: 'helper',
      values: buckets.map((bucket) => rest.reduce((sum, [, { at }]) => sum + (at.get(bucket) ?? 0), 0)),
    })
  return { shape, bucketMs, buckets, series, kind: view.group }
}

/** The bucket that a moment lies in; the first or last one for moments beyond. */
export function bucketAt({ buckets, bucketMs }: TimeData, ms: number): number {
  const first = buckets[0] ?? 0
  return Math.max(0, Math.min(buckets.length - 1, Math.floor((ms - first) / bucketMs)))
}

/** The series that a pointer means: the layer of the stack that it is in, or the nearest line. */
export function seriesAt(
  data: TimeData,
  hidden: ReadonlySet<string>,
  bucket: number,
  value: number,
): ChartSeries | null {
  const shown = data.series.filter(({ name }) => !hidden.has(name))
  if (data.shape === 'line') {
    const distance = ({ values }: ChartSeries): number => Math.abs((values[bucket] ?? Infinity) - value)
    const nearest = [...shown].sort((a, b) => distance(a) - distance(b))[0]
    return nearest && distance(nearest) < Infinity ? nearest : null
  }
  let top = 0
  for (const series of shown) {
    const size = series.values[bucket] ?? 0
    if (value >= top && value < top + size) return series
    top += size
  }
  return null
}
