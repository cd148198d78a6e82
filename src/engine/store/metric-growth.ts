import { growths, type Level } from '../../model/metrics/growth.ts'
import type { MetricKind, MetricPoint } from '../otlp/wire/metrics.ts'
import type { Db } from './database.ts'

const minuteNs = 60_000_000_000n

interface LevelRow {
  readonly startNs: bigint
  readonly timeNs: bigint
  readonly count: bigint
  readonly sum: number
  readonly buckets: string | null
}

/**
 * Keeps the growth of cumulative series by minute. A point is kept as it was sent, and the minutes of the point and of the next one of
 * its start are made anew from all that are kept: the order of arrival and repetition change nothing.
 */
export function growthKeeper(db: Db): (series: number, kind: MetricKind, point: MetricPoint) => void {
  const insert = db.prepare(
    `INSERT INTO metric_level (series, start_ns, time_ns, count, sum, buckets) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET (count, sum, buckets) = (excluded.count, excluded.sum, excluded.buckets)
     WHERE (excluded.count, excluded.sum) > (count, sum)`,
  )
  const next = db
    .prepare<[number, bigint, bigint], bigint>(
      'SELECT time_ns FROM metric_level WHERE series = ? AND start_ns = ? AND time_ns > ? ORDER BY time_ns LIMIT 1',
    )
    .pluck()
    .safeIntegers(true)
  const columns = 'start_ns AS startNs, time_ns AS timeNs, count, sum, buckets'
  const ofMinute = db
    .prepare<[number, bigint, bigint], LevelRow>(
      `SELECT ${columns} FROM metric_level INDEXED BY metric_level_time
       WHERE series = ? AND time_ns >= ? AND time_ns < ? ORDER BY start_ns, time_ns`,
    )
    .safeIntegers(true)
  const before = db
    .prepare<[number, bigint, bigint], LevelRow>(
      `SELECT ${columns} FROM metric_level WHERE series = ? AND start_ns = ? AND time_ns < ? ORDER BY time_ns DESC LIMIT 1`,
    )
    .safeIntegers(true)
  const write = db.prepare(
    `INSERT OR REPLACE INTO metric_minute (series, minute, count, sum, min, max, buckets, last_ns)
     VALUES (?, ?, ?, ?, NULL, NULL, ?, ?)`,
  )

  function makeMinute(series: number, kind: MetricKind, minute: bigint): void {
    const rows = ofMinute.all(series, minute * minuteNs, (minute + 1n) * minuteNs)
    const previous = new Map<bigint, Level>()
    for (const { startNs } of rows) {
      const row = previous.has(startNs) ? undefined : before.get(series, startNs, minute * minuteNs)
      if (row !== undefined) previous.set(startNs, levelOf(row))
    }
    const { count, sum, buckets } = growths(rows.map(levelOf), previous)
    const last = rows.reduce((latest, { timeNs }) => (timeNs > latest ? timeNs : latest), 0n)
    const values = kind === 'sum' ? rows.length : count
    write.run(series, Number(minute), values, sum, buckets === null ? null : JSON.stringify(buckets), last)
  }

  return (series, kind, { startNs, timeNs, count, sum, buckets }) => {
    const text = buckets.length === 0 ? null : JSON.stringify(buckets)
    if (insert.run(series, startNs, timeNs, count, sum, text).changes === 0) return
    const minutes = new Set([timeNs / minuteNs])
    const following = next.get(series, startNs, timeNs)
    if (following !== undefined) minutes.add(following / minuteNs)
    for (const minute of minutes) makeMinute(series, kind, minute)
  }
}

function levelOf({ startNs, count, sum, buckets }: LevelRow): Level {
  return { startNs, count: Number(count), sum, buckets: buckets === null ? null : (JSON.parse(buckets) as number[]) }
}
