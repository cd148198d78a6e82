import { openTemporary } from '../../engine/store/temporary-database.ts'
import type { RawTables } from '../records/generation.ts'
import { readMetrics } from '../records/read-metrics.ts'
import type { TeamReader } from '../connection.ts'
import type { TeamTable } from './describe.ts'
import { sendable, type FactRow, type StoredRow } from './fact-tables.ts'
import type { FactsWriter } from './facts-writer.ts'
import { hasNew, isNew, newSince, type Progress, type Source } from './progress.ts'
import { ingest } from './ingest.ts'
import { revisionOf } from './revision.ts'

export const seriesColumns = ['name', 'kind', 'unit', 'temporality', 'service', 'labels', 'bounds']

/**
 * Metrics by minute. At home a series has a number, which depends on the order of arrival; here its words are the key. A minute that
 * more is known of takes the place of the one before it.
 */
export const metricTable: TeamTable = {
  source: 'metric_minute',
  name: 'colophon_metric_minutes',
  columns: [
    ...seriesColumns.map((name) => ({
      name,
      type: name === 'labels' || name === 'bounds' ? 'String' : 'LowCardinality(String)',
    })),
    ...[
      { name: 'minute', type: 'Int64' },
      { name: 'count', type: 'Int64' },
      { name: 'sum', type: 'Float64' },
    ],
    ...[
      { name: 'min', type: 'Nullable(Float64)' },
      { name: 'max', type: 'Nullable(Float64)' },
    ],
    ...[
      { name: 'buckets', type: 'Nullable(String)' },
      { name: 'last_ns', type: 'Int64' },
    ],
    { name: 'revision', type: 'UInt64' },
  ],
  key: ['name', 'minute', 'service', 'kind', 'unit', 'temporality', 'bounds', 'labels'],
}

const hourSeconds = 3600

/** Hours in which points came, as Unix seconds. */
export async function changedHours(
  raw: TeamReader,
  { metrics }: RawTables,
  done: Progress,
  now: Progress,
): Promise<readonly number[]> {
  const found = new Set<number>()
  for (const kind of metrics.keys()) {
    const source: Source = `otel_metrics_${kind}`
    if (!hasNew(done, now, source)) continue
    const rows = await raw.rows<{ hour: number }>(
      `SELECT DISTINCT toUnixTimestamp(toStartOfHour(toDateTime(TimeUnix))) AS hour FROM ${source} WHERE ${isNew}`,
      newSince(done.get(source), now.get(source)),
    )
    for (const { hour } of rows) found.add(hour)
  }
  return [...found].toSorted((a, b) => a - b)
}

/** An hour whole, so that it is the same however it came. */
export async function projectHour(
  raw: TeamReader,
  rawTables: RawTables,
  writer: FactsWriter,
  schema: number,
  hour: number,
): Promise<void> {
  const db = openTemporary()
  try {
    const fromNs = BigInt(hour) * 1_000_000_000n
    const bounds = { fromNs, toNs: fromNs + BigInt(hourSeconds) * 1_000_000_000n - 1n }
    await ingest(db, readMetrics(raw, rawTables, bounds))
    const points = db.prepare<[], number>('SELECT count(*) FROM metric_point').pluck().get() ?? 0
    const revision = String(revisionOf(schema, points, 0n))
    const rows = db
      .prepare<[], StoredRow>(
        `SELECT ${seriesColumns.join(', ')}, minute, count, sum, min, max, buckets, last_ns
         FROM metric_minute JOIN metric_series ON metric_series.id = metric_minute.series`,
      )
      .safeIntegers(true)
      .all()
    await writer.insert(
      metricTable.name,
      rows.map((row): FactRow => ({ ...sendable(row), revision })),
    )
  } finally {
    db.close()
  }
}
