import { rolloutStatements } from '../history/rollout-statements.ts'
import type { Db } from './database.ts'
import { removedAtOnce } from './remove-session.ts'
import { factTables } from './session-tables.ts'

/** Takes away what is left of files and sessions that are gone. The database knows what that is: the end of a process only delays it. */
export interface Sweep {
  /** Pieces for about `budgetMs`, at least one, in one transaction; true when nothing is left. */
  step(budgetMs: number): boolean
}

const fileTables = new Set(
  Object.values(rolloutStatements)
    .map(({ table }) => table)
    .filter((table) => table.startsWith('file_')),
)

export function sweeper(db: Db): Sweep {
  // Prepared when something is left for the first time: dozens of statements, which most stores never need.
  let prepared: readonly ReturnType<typeof left>[] | null = null
  const kinds = () =>
    (prepared ??= [left('left_file', 'file', fileTables), left('left_session', 'session_id', factTables)])

  function left(marks: string, key: string, tables: Iterable<string>) {
    return {
      next: db.prepare<[], number | string>(`SELECT ${key} FROM ${marks} LIMIT 1`).pluck(),
      some: [...tables].map((table) => db.prepare(`DELETE FROM ${table} WHERE ${key} = ? LIMIT ${removedAtOnce}`)),
      end: db.prepare(`DELETE FROM ${marks} WHERE ${key} = ?`),
    }
  }

  /** false: nothing is left. */
  function piece(): boolean {
    for (const { next, some, end } of kinds()) {
      const of = next.get()
      if (of === undefined) continue
      if (some.every((statement) => statement.run(of).changes < removedAtOnce)) end.run(of)
      return true
    }
    return false
  }

  const pieces = db.transaction((budgetMs: number): boolean => {
    const until = performance.now() + budgetMs
    do if (!piece()) return true
    while (performance.now() < until)
    return false
  })
  const isLeft = db
    .prepare<[], number>('SELECT EXISTS (SELECT 1 FROM left_file) OR EXISTS (SELECT 1 FROM left_session)')
    .pluck()
  return { step: (budgetMs) => isLeft.get() === 0 || pieces.immediate(budgetMs) }
}
