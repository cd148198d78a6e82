import { logReader } from '../queries/logs-read.ts'
import { loadLedger, type LoadedLedger } from '../queries/ledger.ts'
import type { Db } from './database.ts'

/**
 * Writes where the time of a session's turns went. A turn that is open counts up to the last moment that was heard of, so the rows
 * are the same whenever they are written. Only rows that differ are touched, and none of a session of which raw records are gone: a share
 * comes from a record that yields no fact. Gives the ledger back; null where there is no session. The caller holds the transaction.
 */
export function turnShareWriter(db: Db): (sessionId: string) => LoadedLedger | null {
  const logs = logReader(db)
  const known = db.prepare<[string], number>('SELECT count(*) FROM session WHERE id = ?').pluck()
  const forget = db.prepare('DELETE FROM turn_share WHERE session_id = ? AND number > ?')
  const write = db.prepare(
    `INSERT INTO turn_share (session_id, number, share, start_ns, ns)
     SELECT @sessionId, @number, @share, start_ns, @ns FROM turn WHERE session_id = @sessionId AND number = @number
     ON CONFLICT DO UPDATE SET start_ns = excluded.start_ns, ns = excluded.ns
     WHERE (start_ns <> excluded.start_ns OR ns IS NOT excluded.ns)
       AND @sessionId NOT IN (SELECT session_id FROM pruned_session)`,
  )
  return (sessionId) => {
    if (known.get(sessionId) === 0) {
      forget.run(sessionId, 0)
      return null
    }
    // With no patience for silence nothing is live, so that nothing depends on the clock.
    const loaded = loadLedger(db, logs, sessionId, 0)
    const { ledger } = loaded
    forget.run(sessionId, ledger.turns.length)
    for (const { number, shares } of ledger.turns)
      for (const [share, ns] of shares)
        write.run({ sessionId, number, share, ns: ns === null ? null : BigInt(Math.round(ns)) })
    return loaded
  }
}
