import type { Db } from '../store/database.ts'
import { rolloutStatements, sqlOf, type RolloutKind } from './rollout-statements.ts'
import type { Told } from './told-rows.ts'

/** So many rows are one statement: to begin and end one costs as much as half a row. */
const atOnce = 8

interface Prepared {
  readonly one: ReturnType<Db['prepare']>
  /** null where a row is no plain insertion. */
  readonly many: ReturnType<Db['prepare']> | null
  readonly fileAt: number
}

/** Writes rows that a file told; `file` is the number that the database has for it. */
export function toldRowWriter(db: Db): (rows: Told['rows'], file: number) => void {
  const prepared = new Map<string, Prepared>()
  const statementFor = (kinds: string): Prepared => {
    const known = prepared.get(kinds)
    if (known !== undefined) return known
    const [first, ...others] = kinds.split(' ').map((kind) => rolloutStatements[kind as RolloutKind])
    if (first === undefined) throw new Error('a row is told by something')
    const made = {
      one: db.prepare<unknown[]>(sqlOf([first, ...others])),
      many: first.sql === undefined ? db.prepare<unknown[]>(sqlOf([first, ...others], atOnce)) : null,
      fileAt: first.names.indexOf('file'),
    }
    prepared.set(kinds, made)
    return made
  }
  return (rows, file) => {
    for (const [kinds, all] of rows) {
      const { one, many, fileAt } = statementFor(kinds)
      if (fileAt >= 0) for (const values of all) values[fileAt] = file
      let from = 0
      if (many !== null) for (; from + atOnce <= all.length; from += atOnce) many.run(together(all, from))
      for (const values of all.slice(from)) one.run(values)
    }
  }
}

/** The values of as many rows as are one statement, in less than half of the time of `flat`. */
function together(rows: readonly (readonly unknown[])[], from: number): unknown[] {
  const all: unknown[] = []
  for (let i = from; i < from + atOnce; i++) for (const value of rows[i] ?? []) all.push(value)
  return all
}

/** The number that the database has for a file of a session, given now where it has none. */
export function fileNumbers(db: Db): (sessionId: string, rolloutId: string) => number {
  const find = db
    .prepare<[string, string], number>('SELECT file FROM rollout WHERE session_id = ? AND rollout_id = ?')
    .pluck()
  const add = db
    .prepare<[string, string], number>(
      // Not one of which rows are left.
      `INSERT INTO rollout (file, session_id, rollout_id)
       SELECT 1 + max(coalesce((SELECT max(file) FROM rollout), 0), coalesce((SELECT max(file) FROM left_file), 0)), ?, ? RETURNING file`,
    )
    .pluck()
  return (sessionId, rolloutId) => find.get(sessionId, rolloutId) ?? add.get(sessionId, rolloutId) ?? 0
}
