import type { Db } from '../store/database.ts'
import { addAggregates } from './aggregates.ts'
import { everyDimension, hourNanoseconds, rollSql, sources } from './sources.ts'

/** Sums up one hour that has facts and has not been summed up since, and tells which; null: there is none. The caller holds the transaction. */
export function hourRoller(db: Db): (beforeHour: number) => number | null {
  addAggregates(db)
  const next = db
    .prepare<[number], number>('SELECT hour FROM fact_hour WHERE rolled = 0 AND hour < ? ORDER BY hour DESC LIMIT 1')
    .pluck()
  const tables = sources.map((source) => ({
    empty: db.prepare(`DELETE FROM ${source.table} WHERE hour = ?`),
    name: source.origin.naming === undefined ? null : db.prepare(source.origin.naming(source.facts)),
    fills: [source.origin.dimension, String(everyDimension)].map((dimension) => db.prepare(rollSql(source, dimension))),
  }))
  const done = db.prepare('UPDATE fact_hour SET rolled = 1 WHERE hour = ?')
  return (beforeHour) => {
    const hour = next.get(beforeHour)
    if (hour === undefined) return null
    const from = BigInt(hour) * hourNanoseconds
    for (const { empty, name, fills } of tables) {
      empty.run(hour)
      name?.run({ from, to: from + hourNanoseconds })
      for (const fill of fills) fill.run({ hour: BigInt(hour), from, to: from + hourNanoseconds })
    }
    done.run(hour)
    return hour
  }
}
