import type { RemovedSession } from '../../contract/store.ts'
import type { Db } from '../store/database.ts'

/** Sessions that the user deleted, each with what was refused of it and its helpers since; the latest first. */
export function removedSessions(db: Db): RemovedSession[] {
  return db
    .prepare<[], RemovedSession>(
      `SELECT of_id AS id, min(at_ms) AS atMs, count(*) - 1 AS helpers, sum(refused) AS refused, max(last_ms) AS lastRefusedMs
       FROM removed_session GROUP BY of_id ORDER BY atMs DESC, id`,
    )
    .all()
}
