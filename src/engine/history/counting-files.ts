import type { Db } from '../store/database.ts'

const byCopies = `FROM rollout JOIN rollout_file USING (rollout_id) WHERE session_id = @id AND thread_id <> @id`

/** Finds the fork in whose file a copy is all that files tell of a session; null where none is, or its own are known. */
export function copiedInFinder(db: Db): (sessionId: string) => string | null {
  const find = db
    .prepare<object, string>(
      `SELECT min(thread_id) ${byCopies} HAVING count(*) = (SELECT count(*) FROM rollout WHERE session_id = @id)`,
    )
    .pluck()
  return (id) => find.get({ id }) ?? null
}

/** The same as a part of what is told of the session. */
export function copyOf(db: Db, id: string): { readonly copiedIn?: string } {
  const copiedIn = copiedInFinder(db)(id)
  return copiedIn === null ? {} : { copiedIn }
}

/**
 * Which rows of a session count, by the files that told them: its own files', and where none of them was ever read, what forks have copied of
 * it. Of a session that another Colophon exported the files are not known here, and are its own.
 */
export function countingFiles(db: Db): (sessionId: string) => (row: { readonly rolloutId: string }) => boolean {
  const copies = db.prepare<object, string>(`SELECT rollout_id ${byCopies}`).pluck()
  const all = db.prepare<[string], number>('SELECT count(*) FROM rollout WHERE session_id = ?').pluck()
  return (sessionId) => {
    const copied = new Set(copies.all({ id: sessionId }))
    const isOwnKnown = copied.size < (all.get(sessionId) ?? 0)
    return ({ rolloutId }) => !isOwnKnown || !copied.has(rolloutId)
  }
}
