import type { FileFacts } from '../../model/findings/context.ts'
import type { Db } from '../store/database.ts'

/** What only Codex's own session file says of a session; null where none was read. `base` in Unix nanoseconds. */
export function fileFacts(db: Db, sessionId: string, base: bigint): FileFacts | null {
  const isRead = db.prepare('SELECT 1 FROM rollout_thread WHERE session_id = ?').get(sessionId) !== undefined
  if (!isRead) return null
  const windows = db
    .prepare<[string], [string, number]>(
      `SELECT turn_id, max(context_window) FROM rollout_turn
       WHERE session_id = ? AND context_window IS NOT NULL GROUP BY turn_id`,
    )
    .raw()
    .all(sessionId)
  const outputs = db
    .prepare<[string], [string, number]>(
      'SELECT call_id, max(said_length) FROM rollout_tool WHERE session_id = ? AND said_length IS NOT NULL GROUP BY call_id',
    )
    .raw()
    .all(sessionId)
  const limits = db
    .prepare<object, FileFacts['limits'][number]>(
      `SELECT DISTINCT at_ms * 1000000 - @base AS at, window_minutes AS windowMinutes, used_percent AS usedPercent,
         resets_at_ms * 1000000 - @base AS resetsAt
       FROM rollout_limit WHERE session_id = @sessionId ORDER BY at_ms, window_minutes, used_percent`,
    )
    .all({ sessionId, base })
  return { windows: new Map(windows), outputs: new Map(outputs), limits }
}
