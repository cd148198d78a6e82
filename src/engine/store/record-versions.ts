import type { Db } from './database.ts'

/**
 * Whoever changes rows of `span`, `span_link`, `trace_conversation` or `log` says so here, in the same transaction: readers keep
 * what they made of a conversation's rows until its version is another. Not by triggers, which would cost a call a span, and a walk
 * over every row where a whole table is emptied.
 */
export interface RecordVersions {
  /** Of the traces and all conversations that one of them names: after rows of it were added, and before the last of it is taken away. */
  renewOfTraces(traces: Iterable<number>): void
  /** By key; 0 stands for no conversation. */
  renew(conversations: Iterable<number>): void
  renewNamed(...ids: readonly string[]): void
  renewAll(): void
}

/** As long as a number can be that is read exactly. */
const drawn = 'random() >> 12'

export function recordVersions(db: Db): RecordVersions {
  const namedBy = db.prepare<[number], number>('SELECT conversation FROM trace_conversation WHERE trace = ?').pluck()
  const renewByKey = db.prepare(`UPDATE conversation SET version = ${drawn} WHERE key = ?`)
  const renewById = db.prepare(`UPDATE conversation SET version = ${drawn} WHERE id = ?`)
  const renewEach = ['conversation', 'trace'].map((table) => db.prepare(`UPDATE ${table} SET version = ${drawn}`))
  const renewTrace = db.prepare(`UPDATE trace SET version = ${drawn} WHERE id = ?`)

  function renew(conversations: Iterable<number>): void {
    for (const key of new Set(conversations)) renewByKey.run(key)
  }
  return {
    renewOfTraces(traces) {
      const conversations = new Set<number>()
      for (const trace of traces) {
        renewTrace.run(trace)
        for (const key of namedBy.all(trace)) conversations.add(key)
      }
      renew(conversations)
    },
    renew,
    renewNamed(...ids) {
      for (const id of ids) renewById.run(id)
    },
    renewAll() {
      for (const statement of renewEach) statement.run()
    },
  }
}
