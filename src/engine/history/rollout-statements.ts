import type { RolloutFact, Usage } from '../../model/codex/rollout/facts.ts'

type Kind = RolloutFact['fact']

export interface RolloutStatement {
  readonly table: string
  /** Of a row that several lines tell of, each its own columns; null where each fact is a row. */
  readonly key: readonly string[] | null
  readonly columns: readonly string[]
  /** Where it is no plain insertion. */
  readonly sql?: string
  /** Of the fact, in the order of the statement's parameters; `file` is the rollout's own id. */
  readonly names: readonly string[]
}

/**
 * Each fact is inserted once: reading a line again changes nothing. A turn and a tool call have several lines, each with its own columns,
 * the first of which are the key's.
 */
export const rolloutStatements: Readonly<Record<Kind, RolloutStatement>> = {
  rollout_thread: insert('rollout_thread', {
    session_id: 'sessionId',
    rollout_id: 'file',
    at_ms: 'atMs',
    kind: 'kind',
    root_id: 'rootId',
    parent_id: 'parentId',
    forked_from_id: 'forkedFromId',
    base_rollout_id: 'baseRolloutId',
    base_ordinal: 'baseOrdinal',
    agent_path: 'agentPath',
    originator: 'originator',
    version: 'version',
    provider: 'provider',
    folder: 'folder',
    branch: 'branch',
    git_commit: 'commit',
    repository: 'repository',
    user: 'user',
  }),
  rollout_turn_start: merge('rollout_turn', ['session_id', 'turn_id', 'rollout_id'], {
    session_id: 'sessionId',
    turn_id: 'turnId',
    rollout_id: 'file',
    start_ms: 'startMs',
    start_ordinal: 'ordinal',
    trace_id: 'traceId',
    parent_turn_id: 'parentTurnId',
    context_window: 'contextWindow',
  }),
  rollout_turn_context: merge('rollout_turn', ['session_id', 'turn_id', 'rollout_id'], {
    session_id: 'sessionId',
    turn_id: 'turnId',
    rollout_id: 'file',
    context_ms: 'atMs',
    model: 'model',
    effort: 'effort',
    approval_policy: 'approvalPolicy',
    sandbox_policy: 'sandboxPolicy',
    folder: 'folder',
  }),
  rollout_turn_end: merge('rollout_turn', ['session_id', 'turn_id', 'rollout_id'], {
    session_id: 'sessionId',
    turn_id: 'turnId',
    rollout_id: 'file',
    end_ms: 'endMs',
    state: 'state',
    duration_ms: 'durationMs',
    ttft_ms: 'ttftMs',
    error: 'error',
  }),
  rollout_call: insert('rollout_call', {
    session_id: 'sessionId',
    response_id: 'responseId',
    rollout_id: 'file',
    turn_id: 'turnId',
    at_ms: 'atMs',
    ...usageColumns(),
  }),
  rollout_step: insert('rollout_step', {
    session_id: 'sessionId',
    rollout_id: 'file',
    offset: 'offset',
    turn_id: 'turnId',
    at_ms: 'atMs',
    ...usageColumns(),
  }),
  rollout_compaction: insert('rollout_compaction', {
    session_id: 'sessionId',
    rollout_id: 'file',
    at_ms: 'atMs',
    turn_id: 'turnId',
    response_id: 'responseId',
  }),
  rollout_compaction_time: {
    ...insert('rollout_compaction', {}),
    sql: `UPDATE rollout_compaction SET start_ms = ?, end_ms = ?
      WHERE session_id = ? AND rollout_id = ? AND at_ms BETWEEN ? AND ?`,
    names: ['startMs', 'endMs', 'sessionId', 'file', 'startMs', 'endMs'],
  },
  rollout_error: insert('rollout_error', {
    session_id: 'sessionId',
    rollout_id: 'file',
    offset: 'offset',
    bytes: 'bytes',
    turn_id: 'turnId',
    at_ms: 'atMs',
    error: 'error',
  }),
  rollout_unknown: {
    ...insert('rollout_unknown', {}),
    sql: `INSERT INTO rollout_unknown (rollout_id, name, lines, first_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET lines = lines + excluded.lines, first_ms = min(first_ms, excluded.first_ms)`,
    names: ['file', 'name', 'lines', 'firstMs'],
  },
  rollout_prompt: insert('rollout_prompt', {
    session_id: 'sessionId',
    rollout_id: 'file',
    offset: 'offset',
    bytes: 'bytes',
    turn_id: 'turnId',
    at_ms: 'atMs',
    length: 'length',
  }),
  rollout_tool_call: merge('rollout_tool', ['session_id', 'call_id', 'rollout_id'], {
    session_id: 'sessionId',
    call_id: 'callId',
    rollout_id: 'file',
    called_ms: 'atMs',
    called_turn_id: 'turnId',
    called_tool: 'tool',
    namespace: 'namespace',
    arguments_length: 'argumentsLength',
    called_offset: 'offset',
    called_bytes: 'bytes',
  }),
  rollout_tool_output: merge('rollout_tool', ['session_id', 'call_id', 'rollout_id'], {
    session_id: 'sessionId',
    call_id: 'callId',
    rollout_id: 'file',
    said_ms: 'atMs',
    said_turn_id: 'turnId',
    said_state: 'state',
    said_exit_code: 'exitCode',
    said_length: 'outputLength',
    said_offset: 'offset',
    said_bytes: 'bytes',
  }),
  rollout_tool_item: merge('rollout_tool', ['session_id', 'call_id', 'rollout_id'], {
    session_id: 'sessionId',
    call_id: 'callId',
    rollout_id: 'file',
    item_ms: 'atMs',
    item_turn_id: 'turnId',
    item_tool: 'tool',
    mcp_server: 'mcpServer',
    source: 'source',
    item_start_ms: 'startMs',
    item_end_ms: 'endMs',
    run_ms: 'durationMs',
    item_state: 'state',
    item_exit_code: 'exitCode',
    item_length: 'outputLength',
    script_call_id: 'scriptCallId',
    files_changed: 'filesChanged',
    lines_added: 'linesAdded',
    lines_removed: 'linesRemoved',
    item_offset: 'offset',
    item_bytes: 'bytes',
  }),
  rollout_spawn: insert('rollout_spawn', {
    session_id: 'sessionId',
    rollout_id: 'file',
    parent_id: 'parentId',
    call_id: 'callId',
    at_ms: 'atMs',
    agent_path: 'agentPath',
  }),
  rollout_limit: insert('rollout_limit', {
    limit_id: 'limitId',
    window_minutes: 'windowMinutes',
    at_ms: 'atMs',
    rollout_id: 'file',
    session_id: 'sessionId',
    turn_id: 'turnId',
    used_percent: 'usedPercent',
    resets_at_ms: 'resetsAtMs',
    plan: 'plan',
    reached: 'reached',
    name: 'name',
  }),
  rollout_credits: insert('rollout_credits', {
    limit_id: 'limitId',
    at_ms: 'atMs',
    rollout_id: 'file',
    session_id: 'sessionId',
    unlimited: 'unlimited',
    balance: 'balance',
  }),
}

function usageColumns(): Record<string, keyof Usage> {
  return {
    input_tokens: 'input',
    cached_tokens: 'cached',
    cache_write_tokens: 'cacheWrite',
    output_tokens: 'output',
    reasoning_tokens: 'reasoning',
  }
}

/** Column → parameter. */
type Columns = Readonly<Record<string, string>>

function insert(table: string, columns: Columns): RolloutStatement {
  return { table, key: null, columns: Object.keys(columns), names: Object.values(columns) }
}

function merge(table: string, key: readonly string[], columns: Columns): RolloutStatement {
  return { ...insert(table, columns), key }
}

/** Writes a row that these facts tell of together: the key's columns once, then those of each. */
export function sqlOf(statements: readonly [RolloutStatement, ...RolloutStatement[]]): string {
  const [{ table, key, sql }] = statements
  if (sql !== undefined) return sql
  const own = statements.flatMap(({ columns }) => columns.slice(key?.length ?? 0))
  const all = [...(key ?? []), ...own]
  const conflict =
    key === null ? 'NOTHING' : `UPDATE SET ${own.map((column) => `${column} = excluded.${column}`).join(', ')}`
  return `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')}) ON CONFLICT DO ${conflict}`
}
