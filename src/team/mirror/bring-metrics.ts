import type { Db } from '../../engine/store/database.ts'
import type { TeamReader } from '../connection.ts'
import type { FactRow } from '../projection/fact-tables.ts'
import { seriesColumns } from '../projection/metric-facts.ts'
import type { Range } from './facts-source.ts'

const minuteMs = 60_000

const series = seriesColumns.join(', ')
const named = seriesColumns.map((name) => `@${name}`).join(', ')
const insertSeries = `INSERT OR IGNORE INTO metric_series (${series}) VALUES (${named})`

/** Which metrics there are, and no point of them. */
export async function bringSeries(facts: TeamReader, db: Db): Promise<void> {
  const put = db.prepare(insertSeries)
  for (const row of await facts.rows<FactRow>(`SELECT DISTINCT ${series} FROM colophon_metric_minutes`)) put.run(row)
}

/** Minutes of metrics, whose series get numbers here. */
export async function bringMetrics(facts: TeamReader, db: Db, { fromMs, toMs }: Range): Promise<void> {
  const putSeries = db.prepare(insertSeries)
  const putMinute = db.prepare(
    `INSERT OR REPLACE INTO metric_minute (series, minute, count, sum, min, max, buckets, last_ns)
     SELECT id, @minute, @count, @sum, @min, @max, @buckets, @last_ns FROM metric_series WHERE (${series}) = (${named})`,
  )
  const put = db.transaction((rows: readonly FactRow[]) => {
    for (const row of rows) {
      putSeries.run(row)
      putMinute.run(row)
    }
  })
  const query = `SELECT ${series}, minute, toString(count) AS count, sum, min, max, buckets, toString(last_ns) AS last_ns
    FROM colophon_metric_minutes FINAL WHERE minute >= {from:Int64} AND minute < {to:Int64}`
  const bound = { from: Math.floor(fromMs / minuteMs), to: Math.ceil(toMs / minuteMs) }
  for await (const rows of facts.stream<FactRow>(query, bound)) put(rows)
}
