import { counted } from '../format/number.ts'
import type { Bounds } from '../range/range.ts'
import { numberOf, textOf, type Row, type ViewOf } from './rows.ts'

export interface ChartSeries {
  readonly name: string
  /** A tone of the palette; undefined takes the hue of its name. */
  readonly tone: string | undefined
  readonly values: readonly (number | null)[]
  /** The column that its values are of; undefined where no rows of a panel are drawn. */
  readonly column?: string
  /** The rows' own values of the group, for what a click narrows to; undefined where the series is no group. */
  readonly groups?: readonly string[]
}

export interface TimeData {
  readonly shape: 'line' | 'area' | 'bars'
  /** Where each bucket begins, and where the last one ends. */
  readonly edges: readonly number[]
  readonly series: readonly ChartSeries[]
  /** Lines with a breath of their colour below them. */
  readonly isFilled?: boolean
  /** Lines that are not drawn: more than anybody can tell apart, the smallest of them. */
  readonly undrawn?: readonly string[]
  /** What the series are, where they are groups: `model`, `tool`. */
  readonly kind?: string
}

/** Whether nothing would be drawn: axes alone leave whoever looks to guess why. */
export const isBlank = ({ series }: Pick<TimeData, 'series'>): boolean =>
  series.every(({ values }) => values.every((value) => value === null))

/** The largest value that is drawn. */
export function mostOf(data: TimeData, shown: readonly ChartSeries[]): number {
  const at = (bucket: number): number[] => shown.map(({ values }) => values[bucket] ?? 0)
  return Math.max(
    0,
    ...startsOf(data).map((_, bucket) =>
      data.shape === 'line' ? Math.max(0, ...at(bucket)) : at(bucket).reduce((sum, one) => sum + one, 0),
    ),
  )
}

/** More would need more hues than anybody can tell apart; the smaller ones are summed up. */
const mostGroups = 8

/** The starts of all buckets. */
export function startsOf({ edges }: Pick<TimeData, 'edges'>): readonly number[] {
  return edges.slice(0, -1)
}

export function spanOf({ edges }: TimeData, bucket: number): Bounds {
  return { fromMs: edges[bucket] ?? 0, toMs: edges[bucket + 1] ?? 0 }
}

/** From the start of the first bucket to the end of the last. */
export function wholeOf({ edges }: TimeData): Bounds {
  return { fromMs: edges[0] ?? 0, toMs: edges.at(-1) ?? 0 }
}

export function middleOf(data: TimeData, bucket: number): number {
  const { fromMs, toMs } = spanOf(data, bucket)
  return (fromMs + toMs) / 2
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
  edges: readonly number[],
): TimeData {
  const buckets = startsOf({ edges })
  const { shape } = view
  if (view.kind === 'time') {
    const series = view.series.map(({ column, label, tone }) => ({
      name: label,
      tone,
      column,
      values: fill(buckets, new Map(rows.map((row) => [numberOf(row, 'atMs') ?? 0, numberOf(row, column)])), shape),
    }))
    return { shape, edges, series }
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
    column: view.value,
    groups: [value],
  }))
  if (rest.length > 0 && shape !== 'line')
    series.push({
      name: counted(rest.length, 'other'),
      tone: 'helper',
      column: view.value,
      groups: rest.map(([, { value }]) => value),
      values: buckets.map((bucket) => rest.reduce((sum, [, { at }]) => sum + (at.get(bucket) ?? 0), 0)),
    })
  const undrawn = shape === 'line' ? rest.map(([name]) => name) : []
  return { shape, edges, series, kind: view.group, ...(undrawn.length > 0 ? { undrawn } : {}) }
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
