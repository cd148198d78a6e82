import type { Db } from './database.ts'
import { factTables, rowsOf } from './session-tables.ts'

/** Rows of one statement: a few milliseconds, with what their triggers do. */
export const removedAtOnce = 200

/** What is told of a session without being a fact of it. */
const beside = [
  ...['spawn', 'pruned_session', 'import_rollout', 'import_said'],
  // How far its files are read stays, so that they do not bring it back.
  ...['rollout', 'rollout_thread', 'rollout_spawn'],
]

const bySession = (table: string): string => `DELETE FROM ${table} WHERE session_id = ?`

/** Takes everything that is known of a session away but for its raw records; the caller holds the transaction. */
export interface SessionRemover {
  remove(id: string): void
  /** With pauses that may end the transaction; until the last it is there. */
  inPieces(id: string): Generator<void, void>
  /** Of one that files alone told of: what would take long is left to the sweep (`sweep.ts`). */
  leave(id: string): void
}

/** One for all of a database, which prepares its statements when it is first used: hundreds of them, which most stores never need. */
export function sessionRemover(db: Db): SessionRemover {
  const own = (): SessionRemover => {
    const remover = prepared.get(db) ?? prepareRemover(db)
    prepared.set(db, remover)
    return remover
  }
  return {
    remove: (id) => {
      own().remove(id)
    },
    inPieces: (id) => own().inPieces(id),
    leave: (id) => {
      own().leave(id)
    },
  }
}

const prepared = new WeakMap<Db, SessionRemover>()

function prepareRemover(db: Db): SessionRemover {
  const linked = Object.entries(rowsOf('?')).map(([table, rows]) => db.prepare(`DELETE FROM ${table} WHERE ${rows}`))
  const facts = factTables.map((table) => db.prepare(bySession(table)))
  const someFacts = factTables.map((table) => db.prepare(`${bySession(table)} LIMIT ${removedAtOnce}`))
  const others = [
    ...beside.map(bySession),
    'DELETE FROM rollout_spawn WHERE parent_id = ?',
    'DELETE FROM rollout_unknown WHERE rollout_id IN (SELECT rollout_id FROM rollout_file WHERE thread_id = ?)',
    // Of a reviewer whose turn has not come.
    'DELETE FROM review WHERE parent_id = ?',
    // A trace that it shares with another session may have links to it, which lead nowhere from here on.
    `UPDATE conversation SET version = random() WHERE key IN (
       SELECT named.conversation FROM trace_conversation AS own JOIN trace_conversation AS named ON named.trace = own.trace
       WHERE own.conversation = (SELECT key FROM conversation WHERE id = ?))`,
    'DELETE FROM trace_conversation WHERE conversation = (SELECT key FROM conversation WHERE id = ?)',
    'DELETE FROM conversation WHERE id = ? AND NOT EXISTS (SELECT 1 FROM log WHERE conversation = conversation.key)',
    'DELETE FROM session WHERE id = ?',
  ].map((sql) => db.prepare(sql))
  // What is read of files goes first, so that nothing is derived of it meanwhile.
  const files = db.prepare(bySession('rollout'))
  // The user's own word outlives a file that is read again.
  const dismissals = db.prepare(bySession('finding_dismissal'))
  const mark = db.prepare('INSERT INTO left_session (session_id) VALUES (?) ON CONFLICT DO NOTHING')

  function* factsInPieces(id: string): Generator<void, void> {
    files.run(id)
    for (const statement of linked) statement.run(id)
    for (const some of someFacts) while (some.run(id).changes === removedAtOnce) yield
  }
  function remove(id: string): void {
    for (const statement of [...linked, ...facts, ...others, dismissals]) statement.run(id)
  }
  return {
    remove,
    *inPieces(id) {
      yield* factsInPieces(id)
      remove(id)
    },
    leave(id) {
      if (factsInPieces(id).next().done !== true) mark.run(id)
      for (const statement of others) statement.run(id)
    },
  }
}
