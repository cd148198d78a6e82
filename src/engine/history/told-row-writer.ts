import type { Db } from '../store/database.ts'
import { rolloutStatements, sqlOf, type RolloutKind } from './rollout-statements.ts'
import type { Told } from './told-rows.ts'

/** Writes rows that a file told; `file` is the number that the database has for it. */
export function toldRowWriter(db: Db): (rows: Told['rows'], file: number) => void {
  const prepared = new Map<string, { readonly run: (values: unknown[]) => void; readonly fileAt: number }>()
  const statementFor = (kinds: string) => {
    const known = prepared.get(kinds)
    if (known !== undefined) return known
    const [first, ...others] = kinds.split(' ').map((kind) => rolloutStatements[kind as RolloutKind])
    if (first === undefined) throw new Error('a row is told by something')
    const statement = db.prepare<unknown[]>(sqlOf([first, ...others]))
    const made = { run: (values: unknown[]) => void statement.run(values), fileAt: first.names.indexOf('file') }
    prepared.set(kinds, made)
    return made
  }
  return (rows, file) => {
    for (const [kinds, all] of rows) {
      const { run, fileAt } = statementFor(kinds)
      for (const values of all) {
        if (fileAt >= 0) values[fileAt] = file
        run(values)
      }
    }
  }
}

/** The number that the database has for a file of a session, given now where it has none. */
export function fileNumbers(db: Db): (sessionId: string, rolloutId: string) => number {
  const find = db
    .prepare<[string, string], number>('SELECT file FROM rollout WHERE session_id = ? AND rollout_id = ?')
    .pluck()
  const add = db
    .prepare<[string, string], number>('INSERT INTO rollout (session_id, rollout_id) VALUES (?, ?) RETURNING file')
    .pluck()
  return (sessionId, rolloutId) => find.get(sessionId, rolloutId) ?? add.get(sessionId, rolloutId) ?? 0
}
