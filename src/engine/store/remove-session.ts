import type { Db } from './database.ts'

const bySession = [
  ...['session_start', 'session_span', 'prompt', 'turn_span', 'turn_mention', 'turn', 'api_call', 'api_attempt'],
  ...['tool_call', 'decision', 'sampling', 'compaction', 'spawn', 'code_cell', 'code_callback', 'unsettled'],
  ...['turn_share', 'unshared', 'genai_call', 'genai_step', 'genai_told', 'pruned_session'],
  ...['import_rollout', 'import_said', 'finding', 'unfound', 'finding_dismissal'],
  ...['session_attribute', 'hook_step', 'startup_phase'],
  // How far its files are read stays, so that they do not bring it back.
  ...['rollout', 'rollout_thread', 'rollout_spawn'],
]

/** Takes everything that is known of a session away but for its raw records; the caller holds the transaction. */
export function sessionRemover(db: Db): (id: string) => void {
  const statements = [
    'DELETE FROM compaction_reason WHERE span_id IN (SELECT parent_span_id FROM compaction WHERE session_id = ?)',
    'DELETE FROM review WHERE trace_id IN (SELECT trace_id FROM turn_span WHERE session_id = ?)',
    ...['turn_request', 'model_round'].map(
      (table) => `DELETE FROM ${table} WHERE turn_id IN (SELECT turn_id FROM turn_mention WHERE session_id = ?)`,
    ),
    ...bySession.map((table) => `DELETE FROM ${table} WHERE session_id = ?`),
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
