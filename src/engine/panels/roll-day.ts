import { nextMidnight, periodStart } from '../alerts/periods.ts'
import type { Db } from '../store/database.ts'
import { dayKey, hourMs, rollDaySql, sources } from './sources.ts'

/**
 * Sums up one day that is over out of the sums of its hours; false: there is none. Days are those of this machine's clock, whose user is most
 * likely who looks; another one's bars are made of hours. All hours before are to be summed up. The caller holds the transaction.
 */
export function dayRoller(db: Db): (beforeHour: number) => boolean {
  const next = db
    .prepare<[number], number>(
      'SELECT hour FROM fact_hour INDEXED BY fact_hour_dayless WHERE day IS NULL AND hour < ? ORDER BY hour DESC LIMIT 1',
    )
    .pluck()
  // Those of another zone, before the machine's was changed.
  const across = db.prepare<[number, number], number>('SELECT first FROM fact_day WHERE first < ? AND end > ?').pluck()
  const remove = db.prepare('DELETE FROM fact_day WHERE first = ?')
  const leave = db.prepare('UPDATE fact_hour SET day = NULL WHERE day = @first AND hour BETWEEN @first AND @first + 26')
  const tables = sources.map((source) => ({
    empty: db.prepare(`DELETE FROM ${source.table} WHERE hour = ?`),
    fill: db.prepare(rollDaySql(source)),
  }))
  const add = db.prepare('INSERT INTO fact_day (first, end) VALUES (?, ?)')
  const join = db.prepare('UPDATE fact_hour SET day = @first WHERE hour >= @first AND hour < @end')
  const leaveOut = db.prepare('UPDATE fact_hour SET day = 0 WHERE hour = ?')
  return (beforeHour) => {
    const today = Math.floor(periodStart('day', beforeHour * hourMs) / hourMs)
    const hour = next.get(today)
    if (hour === undefined) return false
    const startMs = periodStart('day', hour * hourMs)
    const first = Math.ceil(startMs / hourMs)
    const end = Math.floor(nextMidnight(startMs) / hourMs)
    // In zones of half hours, the one in which a day begins; and what lies before all days.
    if (hour < first || hour >= end || first <= 0) {
      leaveOut.run(hour)
      return true
    }
    for (const other of across.all(end, first)) {
      remove.run(other)
      leave.run({ first: other })
    }
    for (const { empty, fill } of tables) {
      empty.run(dayKey(first))
      fill.run({ day: dayKey(first), first, end })
    }
    add.run(first, end)
    join.run({ first, end })
    return true
  }
}
