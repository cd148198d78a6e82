import { copyOf } from '../history/counting-files.ts'
import type { Db } from '../store/database.ts'

/** A session that Codex can go on with. Throws an Error in words for what it started itself, and for other applications. */
export function resumable(db: Db, id: string): { readonly id: string; readonly folder: string | null } {
  const session = db
    .prepare<[string], { kind: string; parentId: string | null; folder: string | null }>(
      'SELECT kind, parent_id AS parentId, folder FROM session WHERE id = ?',
    )
    .get(id)
  if (session === undefined) throw new Error(`there is no session ${id}`)
  if (session.kind === 'app') throw new Error(`${id} is not a session of Codex`)
  if (session.kind !== 'user')
    throw new Error(
      `${id} was started by Codex itself${session.parentId === null ? '' : `: resume ${session.parentId}`}`,
    )
  const { copiedIn } = copyOf(db, id)
  if (copiedIn !== undefined) throw new Error(`the session file of ${id} was not found: resume its fork ${copiedIn}`)
  return { id, folder: session.folder }
}
