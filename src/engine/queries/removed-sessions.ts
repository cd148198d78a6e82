import type { RemovedSession } from '../../contract/store.ts'
import type { Db } from '../store/database.ts'

/** Sessions that the user deleted, each with what was refused of it and its helpers since; the latest first. */
export function removedSessions(db: Db): RemovedSession[] {
  return db
    .prepare<[], RemovedSession>(
      `SELECT of_id AS id, min(at_ms) AS atMs, sum(refused) AS refused, max(last_ms) AS lastRefusedMs,
         -- A trace that was taken for a session until it said whose it is.
         sum(session_id <> of_id AND session_id NOT IN (SELECT trace_id FROM removed_trace)) AS helpers
       FROM removed_session GROUP BY of_id ORDER BY atMs DESC, id`,
    )
    .all()
}
