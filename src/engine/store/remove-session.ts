import type { Db } from './database.ts'
import { factTables, rowsOf } from './session-tables.ts'

const bySession = [
  ...factTables,
  ...['spawn', 'pruned_session', 'import_rollout', 'import_said', 'finding_dismissal'],
  // How far its files are read stays, so that they do not bring it back.
  ...['rollout', 'rollout_thread', 'rollout_spawn'],
]

/** Takes everything that is known of a session away but for its raw records; the caller holds the transaction. */
export function sessionRemover(db: Db): (id: string) => void {
  const statements = [
    ...Object.entries(rowsOf('?')).map(([table, rows]) => `DELETE FROM ${table} WHERE ${rows}`),
    ...bySession.map((table) => `DELETE FROM ${table} WHERE session_id = ?`),
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
  return (id) => {
    for (const statement of statements) statement.run(id)
  }
}
