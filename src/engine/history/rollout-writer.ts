import type { RolloutState } from '../../model/codex/rollout/record.ts'
import type { Db } from '../store/database.ts'
import { sessionSpans } from './session-spans.ts'
import { fileNumbers, toldRowWriter } from './told-row-writer.ts'
import type { Told } from './told-rows.ts'

/** How far a file is read, as the next reader has to know it. */
export interface RolloutProgress {
  readonly rolloutId: string
  readonly home: string
  readonly path: string
  readonly threadId: string
  readonly archived: boolean
  /** As it lay there when it was looked at, packed or not. */
  readonly bytes: number
  readonly modifiedMs: number
  readonly inode: number
  /** A hash of the first line. */
  readonly head: string
  readonly readTo: number
  readonly state: RolloutState
  /** Lines so far that say nothing to Colophon. */
  readonly problems: number
  /**
   * Of a file that comes in several parts: its session is settled behind the last, and not again and again meanwhile. Left out where the
   * file comes at once.
   */
  readonly part?: 'more' | 'last'
}

/** What a file said lies under its own thread, but for copies and for what is said by its id alone; the first takes most of it away. */
const takeBackStatements = [
  'DELETE FROM rollout WHERE rollout_id = @rolloutId',
  'DELETE FROM rollout_thread WHERE session_id = @threadId AND rollout_id = @rolloutId',
  'DELETE FROM rollout_spawn WHERE parent_id = @threadId AND rollout_id = @rolloutId',
  'DELETE FROM rollout_unknown WHERE rollout_id = @rolloutId',
  'DELETE FROM rollout_file WHERE rollout_id = @rolloutId',
]

export interface RolloutWriter {
  /** Writes what was read of a file since the last time, and how far that is; the caller holds the transaction. */
  write(progress: RolloutProgress, told: Told): void
  /** Takes back what a file said, because it is read anew or forgotten; the caller holds the transaction. */
  takeBack(rolloutId: string): void
}

export function rolloutWriter(db: Db): RolloutWriter {
  const writeRows = toldRowWriter(db)
  const numberOf = fileNumbers(db)
  const spans = sessionSpans(db)
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const writeFile = db.prepare(
    `INSERT INTO rollout_file (rollout_id, home, path, thread_id, archived, bytes, modified_ms, inode, head, read_to, state, problems)
     VALUES (@rolloutId, @home, @path, @threadId, @archived, @bytes, @modifiedMs, @inode, @head, @readTo, @state, @problems)
     ON CONFLICT DO UPDATE SET home = excluded.home, path = excluded.path, archived = excluded.archived, bytes = excluded.bytes,
       modified_ms = excluded.modified_ms, inode = excluded.inode, head = excluded.head, read_to = excluded.read_to,
       state = excluded.state, problems = excluded.problems, gone = 0`,
  )
  const threadOf = db.prepare<[string], string>('SELECT thread_id FROM rollout_file WHERE rollout_id = ?').pluck()
  const spawnedBy = db
    .prepare<[string, string], string>('SELECT session_id FROM rollout_spawn WHERE parent_id = ? AND rollout_id = ?')
    .pluck()
  const copiedFrom = db
    .prepare<[string, string], string>('SELECT session_id FROM rollout WHERE rollout_id = ? AND session_id <> ?')
    .pluck()
  const remove = takeBackStatements.map((sql) => db.prepare(sql))

  return {
    write(progress, { rows, span, spawned, copied }) {
      const { part, ...file } = progress
      const { threadId, rolloutId } = file
      if (rows.size > 0) writeRows(rows, numberOf(threadId, rolloutId))
      for (const id of spawned) unsettle.run(id)
      if (span !== null) spans.widen(threadId, span)
      for (const [id, theirs] of copied) {
        writeRows(theirs.rows, numberOf(id, rolloutId))
        if (theirs.span !== null) spans.widen(id, theirs.span)
        unsettle.run(id)
      }
      if (part === 'last' || (part === undefined && span !== null)) unsettle.run(threadId)
      writeFile.run({ ...file, archived: file.archived ? 1 : 0, state: JSON.stringify(file.state) })
    },
    takeBack(rolloutId) {
      const threadId = threadOf.get(rolloutId)
      if (threadId === undefined) return
      for (const id of spawnedBy.all(threadId, rolloutId)) unsettle.run(id)
      const told = [threadId, ...copiedFrom.all(rolloutId, threadId)]
      for (const statement of remove) statement.run({ threadId, rolloutId })
      for (const id of told) {
        spans.renew(id)
        unsettle.run(id)
      }
    },
  }
}
