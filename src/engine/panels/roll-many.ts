import type { Db } from '../store/database.ts'
import { addAggregates } from './aggregates.ts'
import { hourNanoseconds, rollEverySql, rollManySql, sources } from './sources.ts'

/**
 * Of sessions, sums up all hours that have facts and have not been summed up since, at once: for who has just put a month of facts there, of whom hour by
 * hour would ask thousands of questions. The caller holds the transaction.
 */
export function manyRoller(db: Db): (beforeHour: number) => void {
  addAggregates(db)
  const due = db
    .prepare<[number], number>('SELECT hour FROM fact_hour WHERE rolled = 0 AND hour < ? ORDER BY hour')
    .pluck()
  const listed = '(SELECT value FROM json_each(?))'
  const tables = sources
    .filter(({ fact }) => fact !== undefined)
    .map((source) => ({
      empty: db.prepare<[string]>(`DELETE FROM ${source.table} WHERE hour IN ${listed}`),
      fill: db.prepare(rollManySql(source)),
      fillEvery: db.prepare<{ hours: string }>(rollEverySql(source)),
    }))
  const done = db.prepare<[string]>(`UPDATE fact_hour SET rolled = 1 WHERE hour IN ${listed}`)
  return (beforeHour) => {
    const found = due.all(beforeHour)
    const [first] = found
    const last = found.at(-1)
    if (first === undefined || last === undefined) return
    const hours = JSON.stringify(found)
    const bound = { hours, from: BigInt(first) * hourNanoseconds, to: BigInt(last + 1) * hourNanoseconds }
    for (const { empty, fill, fillEvery } of tables) {
      empty.run(hours)
      fill.run(bound)
      fillEvery.run({ hours })
    }
    done.run(hours)
  }
}
