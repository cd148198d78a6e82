import { noAttributes, type Attributes } from '../../model/attributes.ts'
import { isCodex } from '../../model/codex/sender.ts'
import { isBelievable } from '../../model/metrics/believable.ts'
import { eachMetric, type MetricPoint, type MetricView } from '../otlp/wire/metrics.ts'
import type { Db } from './database.ts'
import type { Ingested } from './ingest-spans.ts'
import { growthKeeper } from './metric-growth.ts'
import type { Intern } from './intern.ts'
import { misreadWriter } from './misread.ts'
import { storableNs } from './storable-time.ts'

interface Minute {
  count: number
  sum: number
  min: number | null
  max: number | null
  buckets: string | null
  last_ns: bigint
}

const temporalities = ['unspecified', 'delta', 'cumulative'] as const

export function metricIngester(db: Db, intern: Intern): (body: number, bytes: Buffer) => Ingested {
  const insertPoint = db.prepare('INSERT INTO metric_point (name, time_ns, body, at) VALUES (?, ?, ?, ?)')
  const findSeries = db
    .prepare<string[], number>(
      `INSERT INTO metric_series (name, kind, unit, temporality, service, labels, bounds) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET name = name RETURNING id`,
    )
    .pluck()
  const findMinute = db
    .prepare<[number, number], Minute>(
      'SELECT count, sum, min, max, buckets, last_ns FROM metric_minute WHERE series = ? AND minute = ?',
    )
    .safeIntegers(false)
  const findLast = db
    .prepare<[number, number], bigint>('SELECT last_ns FROM metric_minute WHERE series = ? AND minute = ?')
    .pluck()
    .safeIntegers(true)
  const write = db.prepare(
    `INSERT OR REPLACE INTO metric_minute (series, minute, count, sum, min, max, buckets, last_ns)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  const misread = misreadWriter(db)
  const keepGrowth = growthKeeper(db)

  return (body, bytes) => {
    const ingested: Ingested = { records: 0, rejected: 0 }
    eachMetric(bytes, (metric, sender) => {
      const name = intern.name(metric.name)
      const client = intern.client(sender.service, sender.version)
      const isOfCodex = isCodex({ ...sender, name: metric.name, attributes: noAttributes() })
      if (isOfCodex) intern.markCodex(client)
      // Of a kind that came later, or in another spelling.
      if (metric.points.length === 0 && metric.hasUnknown)
        misread({
          client,
          signal: 'metrics',
          name: metric.name,
          key: 'no points that are known',
          atNs: BigInt(Date.now()) * 1_000_000n,
        })
      for (const sent of metric.points) {
        const point = { ...sent, startNs: storableNs(sent.startNs), timeNs: storableNs(sent.timeNs) }
        insertPoint.run(name, point.timeNs, body, metric.at)
        ingested.records++
        if (isBelievable(metric, point)) merge(metric, point, sender.service)
        else misread({ client, signal: 'metrics', name: metric.name, key: '', atNs: point.timeNs })
      }
    })
    return ingested
  }

  function merge(metric: MetricView, point: MetricPoint, service: string): void {
    const series = findSeries.get(
      metric.name,
      metric.kind,
      metric.unit,
      temporalities[metric.temporality as 0 | 1 | 2] ?? 'unspecified',
      service,
      canonical(point.attributes),
      point.bounds.length === 0 ? '' : JSON.stringify(point.bounds),
    )
    if (series === undefined) throw new Error('SQLite returned no id')
    if (metric.temporality === 2 && isCounting(metric)) {
      keepGrowth(series, metric.kind, point)
      return
    }
    const minute = Number(point.timeNs / 60_000_000_000n)
    const known = findMinute.get(series, minute)
    const lastNs = known === undefined ? null : (findLast.get(series, minute) ?? null)
    const merged =
      known === undefined || lastNs === null ? fresh(point) : combine(metric, { ...known, last_ns: lastNs }, point)
    write.run(series, minute, merged.count, merged.sum, merged.min, merged.max, merged.buckets, merged.last_ns)
  }
}

/** What counts up from a start; a sum that may fall is a level, as a gauge is. */
function isCounting({ kind, monotonic }: MetricView): boolean {
  return kind === 'histogram' || kind === 'exponential_histogram' || (kind === 'sum' && monotonic)
}

function fresh(point: MetricPoint): Minute {
  const buckets = point.buckets.length === 0 ? null : JSON.stringify(point.buckets)
  return { count: point.count, sum: point.sum, min: point.min, max: point.max, buckets, last_ns: point.timeNs }
}

/** Delta points add up. Of gauges and sums that may fall the latest counts, and of two at one moment the larger. */
function combine(metric: MetricView, known: Minute, point: MetricPoint): Minute {
  if (metric.temporality !== 1) {
    const newer = point.timeNs > known.last_ns || (point.timeNs === known.last_ns && point.sum > known.sum)
    return newer ? fresh(point) : known
  }
  const buckets = known.buckets === null ? [] : (JSON.parse(known.buckets) as number[])
  const longest = Math.max(buckets.length, point.buckets.length)
  const added = Array.from({ length: longest }, (_, i) => (buckets[i] ?? 0) + (point.buckets[i] ?? 0))
  return {
    count: known.count + point.count,
    sum: known.sum + point.sum,
    min: pick(known.min, point.min, Math.min),
    max: pick(known.max, point.max, Math.max),
    buckets: longest === 0 ? null : JSON.stringify(added),
    last_ns: point.timeNs > known.last_ns ? point.timeNs : known.last_ns,
  }
}

function pick(a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null {
  if (a === null) return b
  return b === null ? a : choose(a, b)
}

/** Labels as JSON with sorted keys: one text for one set. */
function canonical(attributes: Attributes): string {
  return JSON.stringify(
    Object.keys(attributes)
      .sort()
      .map((key) => [key, attributes[key]]),
  )
}
