import { starredPredicate } from '../filters/predicates.ts'
import type { Db } from './database.ts'

/** Logs between two pauses: some milliseconds. */
const logsAtOnce = 2000

export interface StarredBodies {
  /** Fills `temp.starred_body` where that is not known, a little after each `next`. */
  find(): Generator<void, void>
  /** A star was set or taken away. */
  forget(): void
}

/**
 * Bodies that tell of starred sessions and their helpers. A body does not say which sessions it tells of, so they are found when
 * something is to be pruned; the table is of this connection alone, and gone with it.
 */
export function starredBodies(db: Db): StarredBodies {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS starred_body (body INTEGER PRIMARY KEY)')
  const clear = db.prepare('DELETE FROM temp.starred_body')
  const starred = db.prepare<[], string>(`SELECT id FROM session WHERE ${starredPredicate}`).pluck()
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
  const addTrace = db.prepare('INSERT OR IGNORE INTO temp.starred_body SELECT DISTINCT body FROM span WHERE trace = ?')
  const logs = db
    .prepare<[number, bigint, bigint], { timeNs: bigint; id: bigint; body: bigint }>(
      `SELECT time_ns AS timeNs, id, body FROM log WHERE conversation = ? AND (time_ns, id) > (?, ?)
       ORDER BY time_ns, id LIMIT ${logsAtOnce}`,
    )
    .safeIntegers()
  const add = db.prepare('INSERT OR IGNORE INTO temp.starred_body VALUES (?)')
  let isKnown = false

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
    *find() {
      while (!isKnown) {
        // A star that is set meanwhile makes it begin again.
        isKnown = true
        clear.run()
        for (const id of starred.all()) {
          for (const trace of traces.all({ id })) {
            addTrace.run(trace)
            yield
          }
          for (const conversation of conversations.all({ id })) yield* addLogs(conversation)
        }
      }
    },
    forget() {
      isKnown = false
      clear.run()
    },
  }
}
