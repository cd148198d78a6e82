import type { Db } from './database.ts'
import type { LongSession } from './settle-apart.ts'

/** So many turns, answers and calls, and what is derived of a session takes longer than a body should wait. */
const usualLongRows = 2000

/** Which sessions a thread of its own derives. Kept in the database, so that one that was written in part is derived anew at the next start. */
export interface Settling {
  /** With those below it, of which its ledger is made. */
  isLong(sessionId: string): boolean
  add(sessionId: string, what: LongSession['what']): LongSession
  /** false: what it is derived of was taken away meanwhile. */
  has(of: LongSession): boolean
  end(of: LongSession): void
  /** All of them are to be settled from the beginning. */
  giveBack(): void
}

const counted = ['api_call', 'tool_call', 'turn', 'rollout_call', 'rollout_step', 'rollout_tool', 'rollout_turn']
const rows = counted
  .map((table) => `SELECT 1 FROM ${table} WHERE session_id IN (SELECT id FROM own)`)
  .join(' UNION ALL ')

export function settlingSessions(db: Db, longRows = usualLongRows): Settling {
  const count = db
    .prepare<object, number>(
      `WITH own (id) AS (SELECT @id UNION ALL SELECT id FROM session WHERE parent_id = @id)
       SELECT count(*) FROM (SELECT * FROM (${rows}) LIMIT ${longRows})`,
    )
    .pluck()
  const add = db.prepare('INSERT INTO settling (session_id, job) VALUES (?, ?)')
  const known = db.prepare<[string, number], number>('SELECT 1 FROM settling WHERE session_id = ? AND job = ?').pluck()
  const remove = db.prepare('DELETE FROM settling WHERE session_id = ? AND job = ?')
  let jobs = 0
  return {
    isLong: (id) => count.get({ id }) === longRows,
    add(id, what) {
      add.run(id, ++jobs)
      return { id, what, job: jobs }
    },
    has: ({ id, job }) => known.get(id, job) === 1,
    end: ({ id, job }) => void remove.run(id, job),
    giveBack() {
      if (db.prepare('SELECT 1 FROM settling LIMIT 1').get() === undefined) return
      db.transaction(() => {
        db.exec('INSERT INTO unsettled (session_id) SELECT session_id FROM settling WHERE true ON CONFLICT DO NOTHING')
        db.exec('DELETE FROM settling')
      }).immediate()
    },
  }
}
