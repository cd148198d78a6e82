/** What Codex's records say of a session and what that settles to: each row by its `session_id`. */
export const codexTables: readonly string[] = [
  ...['session_start', 'session_span', 'session_attribute', 'prompt', 'turn_span', 'turn_mention', 'turn', 'api_call'],
  ...['api_attempt', 'tool_call', 'decision', 'sampling', 'compaction', 'code_cell', 'code_callback', 'hook_step'],
  'startup_phase',
]

/** The same with what applications say, what is worked out of it, and what waits for that. */
export const factTables: readonly string[] = [
  ...codexTables,
  ...[
    'unsettled',
    'settling',
    'turn_share',
    'unshared',
    'genai_call',
    'genai_step',
    'genai_told',
    'finding',
    'unfound',
  ],
]

/**
 * Facts whose rows name no session but something of one: which of them are of `ids`, SQL of a list or a SELECT. They go before what they
 * look at does.
 */
export function rowsOf(ids: string) {
  const turns = `turn_id IN (SELECT turn_id FROM turn_mention WHERE session_id IN (${ids}))`
  return {
    compaction_reason: `span_id IN (SELECT parent_span_id FROM compaction WHERE session_id IN (${ids}))`,
    turn_request: turns,
    model_round: turns,
    server_wait: turns,
    server_start: `trace_id IN (SELECT trace_id FROM session_start WHERE session_id IN (${ids}))`,
    review: `trace_id IN (SELECT trace_id FROM turn_span WHERE session_id IN (${ids}))`,
  }
}
