import { manyRoller } from '../../engine/panels/roll-many.ts'
import { hourNanoseconds, sources } from '../../engine/panels/sources.ts'
import type { Db } from '../../engine/store/database.ts'

const hourMs = 3_600_000

/**
 * Keeps the sums of hours where facts come in thousands. At home a trigger a row says which hours are to be summed up again; here that is
 * said once for all rows of the sessions that were brought. Rows that go are told of by the triggers, as ever.
 */
export function rangeSums(db: Db): (ids: readonly string[]) => void {
  const entering = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\\_enters\\_hour' ESCAPE '\\'",
    )
    .pluck()
  for (const name of [...entering.all(), 'session_changes_dimension']) db.exec(`DROP TRIGGER ${name}`)
  // Two sources may be of one table.
  const times = new Map(sources.flatMap(({ fact, at }) => (fact === undefined ? [] : [[fact, at] as const])))
  const marks = [...times].map(([fact, at]) =>
    db.prepare<[string]>(
      `INSERT INTO fact_hour (hour, rolled) SELECT DISTINCT ${at} / ${String(hourNanoseconds)}, 0 FROM ${fact} AS fact
       WHERE session_id IN (SELECT value FROM json_each(?)) AND ${at} IS NOT NULL ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1`,
    ),
  )
  const roll = manyRoller(db)
  return (ids) => {
    const listed = JSON.stringify(ids)
    for (const mark of marks) mark.run(listed)
    roll(Math.floor(Date.now() / hourMs))
  }
}
