/** A table of facts, and which of its rows belong to a session. */
export interface FactTable {
  /** As SQLite has it. */
  readonly name: string
  /** A condition on its rows; `@id` is the session. */
  readonly ofSession: string
}

const bySession = 'session_id = @id'
const turnsOf = '(SELECT turn_id FROM turn_mention WHERE session_id = @id)'

/** What a team has of each session beside the session itself. Rows of two names belong to each session that has a part in them. */
export const factTables: readonly FactTable[] = [
  ...[
    ...['session_start', 'session_span', 'session_attribute', 'prompt', 'turn_span', 'turn_mention', 'turn'],
    ...['api_call', 'api_attempt', 'tool_call', 'decision', 'sampling', 'compaction', 'spawn', 'code_cell'],
    ...['code_callback', 'hook_step', 'startup_phase'],
  ].map((name) => ({ name, ofSession: bySession })),
  { name: 'turn_request', ofSession: `turn_id IN ${turnsOf}` },
  { name: 'model_round', ofSession: `turn_id IN ${turnsOf}` },
  { name: 'compaction_reason', ofSession: 'span_id IN (SELECT parent_span_id FROM compaction WHERE session_id = @id)' },
  {
    name: 'review',
    ofSession: 'parent_id = @id OR trace_id IN (SELECT trace_id FROM turn_span WHERE session_id = @id)',
  },
]

export const sessionTable = 'session'

/** `colophon_api_calls`: as the views that people ask are called. */
export const teamName = (name: string): string => `colophon_${name}s`

/** A row of a team's table; 64-bit integers as text, since JSON's numbers would round them. */
export type FactRow = Readonly<Record<string, string | number | null>>
