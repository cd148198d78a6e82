import type { Db } from './database.ts'

/** Logs between two pauses: some milliseconds. */
const logsAtOnce = 2000

export interface SessionBodies {
  /** Adds the bodies that hold a record of the session, a little after each `next`. */
  add(id: string): Generator<void, void>
  clear(): void
}

/**
 * Gathers bodies by the sessions that they tell of, which a body itself does not say, in `temp.TABLE (body)`: of this connection alone,
 * and gone with it.
 */
export function sessionBodies(db: Db, table: 'starred_body' | 'removed_body'): SessionBodies {
  db.exec(`CREATE TEMP TABLE IF NOT EXISTS ${table} (body INTEGER PRIMARY KEY)`)
  const clear = db.prepare(`DELETE FROM temp.${table}`)
  const conversations = db
    .prepare<object, number>(
      `SELECT key FROM conversation WHERE id = @id
         OR id IN (SELECT conversation FROM genai_told WHERE session_id = @id)`,
    )
    .pluck()
  const traces = db
    .prepare<object, number>(
      `SELECT trace FROM trace_conversation JOIN conversation ON key = conversation WHERE conversation.id = @id
       UNION SELECT id FROM trace WHERE trace_id IN (SELECT unhex(trace_id) FROM genai_told WHERE session_id = @id)`,
    )
    .pluck()
  const addTrace = db.prepare(`INSERT OR IGNORE INTO temp.${table} SELECT DISTINCT body FROM span WHERE trace = ?`)
  const logs = db
    .prepare<[number, bigint, bigint], { timeNs: bigint; id: bigint; body: bigint }>(
      `SELECT time_ns AS timeNs, id, body FROM log WHERE conversation = ? AND (time_ns, id) > (?, ?)
       ORDER BY time_ns, id LIMIT ${logsAtOnce}`,
    )
    .safeIntegers()
  const add = db.prepare(`INSERT OR IGNORE INTO temp.${table} VALUES (?)`)

  function* addLogs(conversation: number): Generator<void, void> {
    for (let last = { timeNs: -1n, id: -1n }; ;) {
      const some = logs.all(conversation, last.timeNs, last.id)
      for (const { body } of some) add.run(body)
      const end = some.at(-1)
      if (end === undefined) return
      last = end
      yield
    }
  }

  return {
    *add(id) {
      for (const trace of traces.all({ id })) {
        addTrace.run(trace)
        yield
      }
      for (const conversation of conversations.all({ id })) yield* addLogs(conversation)
    },
    clear: () => void clear.run(),
  }
}
