import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { bucketAt, bucketFor } from '../../model/panels/buckets.ts'
import { atRank } from '../../model/metrics/histogram.ts'
import { bucketsOf } from '../panels/cut.ts'
import type { Db } from '../store/database.ts'
import { refuseReversed } from './range.ts'

const mostValues = 50

interface SeriesRow {
  readonly id: number
  readonly name: string
  readonly kind: string
  readonly unit: string
  readonly temporality: string
  readonly labels: string
  readonly bounds: string
}

/** Every metric that was received, with the labels that tell its series apart. */
export function metricNames(db: Db): Value<'explore.metricNames'> {
  const rows = db.prepare<[], SeriesRow>('SELECT * FROM metric_series ORDER BY name, id').all()
  const metrics = new Map<string, { row: SeriesRow; series: number; labels: Map<string, Set<string>> }>()
  for (const row of rows) {
    const metric = metrics.get(row.name) ?? { row, series: 0, labels: new Map<string, Set<string>>() }
    metric.series++
    for (const [key, value] of Object.entries(labelsOf(row))) {
      const values = metric.labels.get(key) ?? new Set()
      if (values.size < mostValues) values.add(value)
      metric.labels.set(key, values)
    }
    metrics.set(row.name, metric)
  }
  return {
    metrics: [...metrics.values()].map(({ row, series, labels }) => ({
      name: row.name,
      kind: row.kind,
      unit: row.unit,
      series,
      labels: [...labels].map(([key, values]) => ({ key, values: [...values].sort() })),
    })),
  }
}

interface Cell {
  count: number
  sum: number
  min: number | null
  max: number | null
  buckets: number[]
  bounds: readonly number[]
}

/** One metric over time, its series put together by a label or all into one. */
export function metricPoints(db: Db, params: ParsedParams<'explore.metric'>): Value<'explore.metric'> {
  refuseReversed(params)
  const { name, fromMs, toMs, aggregation, groupBy, labels } = params
  const bucketMs = Math.max(60_000, params.bucketMs ?? bucketFor(fromMs, toMs))
  const buckets = bucketsOf({ ...params, bucketMs })
  const series = db.prepare<[string], SeriesRow>('SELECT * FROM metric_series WHERE name = ? ORDER BY id').all(name)
  if (series.length === 0) throw new ProcedureError('not_found', `no metric ${name} was received`)
  const minutes = db.prepare<
    [number, number, number],
    { minute: number; count: number; sum: number; min: number | null; max: number | null; buckets: string | null }
  >('SELECT minute, count, sum, min, max, buckets FROM metric_minute WHERE series = ? AND minute >= ? AND minute < ?')
  const cells = new Map<string, Cell>()
  for (const row of series) {
    const own = labelsOf(row)
    if (!labels.every(({ key, value }) => own[key] === value)) continue
    const group = groupBy === undefined ? '' : (own[groupBy] ?? '')
    for (const point of minutes.iterate(row.id, Math.ceil(fromMs / 60_000), Math.ceil(toMs / 60_000)))
      add(cells, `${bucketAt(buckets.edgesMs, point.minute * 60_000)}\n${group}`, point, row)
  }
  const points = [...cells].flatMap(([key, cell]) => {
    const [bucket = '', group = ''] = key.split('\n')
    const value = valueOf(cell, aggregation)
    return value === null ? [] : [{ atMs: buckets.edgesMs[Number(bucket)] ?? 0, group, value }]
  })
  points.sort((a, b) => a.atMs - b.atMs || (a.group < b.group ? -1 : 1))
  const isEstimate = aggregation === 'p50' || aggregation === 'p95'
  return { ...buckets, unit: aggregation === 'count' ? '' : (series[0]?.unit ?? ''), isEstimate, points }
}

function add(
  cells: Map<string, Cell>,
  key: string,
  point: { count: number; sum: number; min: number | null; max: number | null; buckets: string | null },
  { bounds }: SeriesRow,
): void {
  const buckets = point.buckets === null ? [] : (JSON.parse(point.buckets) as number[])
  const cell = cells.get(key)
  if (cell === undefined) {
    cells.set(key, { ...point, buckets, bounds: JSON.parse(bounds === '' ? '[]' : bounds) as number[] })
    return
  }
  cell.count += point.count
  cell.sum += point.sum
  cell.min = least(cell.min, point.min)
  cell.max = most(cell.max, point.max)
  buckets.forEach((count, i) => (cell.buckets[i] = (cell.buckets[i] ?? 0) + count))
}

function valueOf(cell: Cell, aggregation: ParsedParams<'explore.metric'>['aggregation']): number | null {
  if (aggregation === 'count') return cell.count
  if (aggregation === 'sum') return cell.sum
  if (aggregation === 'mean') return cell.count === 0 ? null : cell.sum / cell.count
  if (aggregation === 'min') return cell.min
  if (aggregation === 'max') return cell.max
  return atRank(cell, aggregation === 'p50' ? 0.5 : 0.95)
}

/** Stored as pairs, sorted by key. */
function labelsOf({ labels }: SeriesRow): Record<string, string> {
  const pairs = JSON.parse(labels) as [string, unknown][]
  return Object.fromEntries(
    pairs.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

function most(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}
