import type { RolloutFact, Usage } from '../../model/codex/rollout/facts.ts'

type Kind = RolloutFact['fact']

export interface RolloutStatement {
  readonly table: string
  /** Of a row that several lines tell of, each its own columns; null where each fact is a row. */
  readonly key: readonly string[] | null
  readonly columns: readonly string[]
  /** Where it is no plain insertion. */
  readonly sql?: string
  /** Of the fact, in the order of the statement's parameters; `file` is the number that its file has in the database. */
  readonly names: readonly string[]
}

export type RolloutKind = Kind

/**
 * Each fact is inserted once: reading a line again changes nothing. A turn and a tool call have several lines, each with its own columns,
 * the first of which are the key's.
 */
export const rolloutStatements: Readonly<Record<Kind, RolloutStatement>> = {
  rollout_thread: insert('rollout_thread', {
    session_id: 'sessionId',
    rollout_id: 'rolloutId',
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
  rollout_turn_start: merge('file_turn', ['file', 'turn_id'], {
    file: 'file',
    turn_id: 'turnId',
    start_ms: 'startMs',
    start_ordinal: 'ordinal',
    trace_id: 'traceId',
    parent_turn_id: 'parentTurnId',
    context_window: 'contextWindow',
  }),
  rollout_turn_context: merge('file_turn', ['file', 'turn_id'], {
    file: 'file',
    turn_id: 'turnId',
    context_ms: 'atMs',
    model: 'model',
    effort: 'effort',
    approval_policy: 'approvalPolicy',
    sandbox_policy: 'sandboxPolicy',
    folder: 'folder',
  }),
  rollout_turn_end: merge('file_turn', ['file', 'turn_id'], {
    file: 'file',
    turn_id: 'turnId',
    end_ms: 'endMs',
    state: 'state',
    duration_ms: 'durationMs',
    ttft_ms: 'ttftMs',
    error: 'error',
  }),
  rollout_call: insert('file_call', {
    file: 'file',
    response_id: 'responseId',
    turn_id: 'turnId',
    at_ms: 'atMs',
    ...usageColumns(),
  }),
  rollout_step: insert('file_step', {
    file: 'file',
    offset: 'offset',
    turn_id: 'turnId',
    at_ms: 'atMs',
    model: 'model',
    effort: 'effort',
    ...usageColumns(),
  }),
  rollout_compaction: insert('file_compaction', {
    file: 'file',
    at_ms: 'atMs',
    turn_id: 'turnId',
    response_id: 'responseId',
  }),
  rollout_compaction_time: {
    ...insert('file_compaction', {}),
    sql: 'UPDATE file_compaction SET start_ms = ?, end_ms = ? WHERE file = ? AND at_ms BETWEEN ? AND ?',
    names: ['startMs', 'endMs', 'file', 'startMs', 'endMs'],
  },
  rollout_prompt_change: insert('file_prompt_change', {
    file: 'file',
    at_ms: 'atMs',
    what: 'what',
    turn_id: 'turnId',
  }),
  rollout_error: insert('file_error', {
    file: 'file',
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
    names: ['rolloutId', 'name', 'lines', 'firstMs'],
  },
  rollout_prompt: insert('file_prompt', {
    file: 'file',
    offset: 'offset',
    bytes: 'bytes',
    turn_id: 'turnId',
    at_ms: 'atMs',
    length: 'length',
  }),
  rollout_tool_call: merge('file_tool', ['file', 'call_id'], {
    file: 'file',
    call_id: 'callId',
    called_ms: 'atMs',
    called_turn_id: 'turnId',
    called_tool: 'tool',
    namespace: 'namespace',
    arguments_length: 'argumentsLength',
    called_offset: 'offset',
    called_bytes: 'bytes',
  }),
  rollout_tool_output: merge('file_tool', ['file', 'call_id'], {
    file: 'file',
    call_id: 'callId',
    said_ms: 'atMs',
    said_turn_id: 'turnId',
    said_state: 'state',
    said_exit_code: 'exitCode',
    said_length: 'outputLength',
    said_offset: 'offset',
    said_bytes: 'bytes',
  }),
  rollout_tool_item: merge('file_tool', ['file', 'call_id'], {
    file: 'file',
    call_id: 'callId',
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
  rollout_change: insert('file_change', { file: 'file', call_id: 'callId', path_hash: 'pathHash' }),
  rollout_spawn: insert('rollout_spawn', {
    session_id: 'sessionId',
    rollout_id: 'rolloutId',
    parent_id: 'parentId',
    call_id: 'callId',
    at_ms: 'atMs',
    agent_path: 'agentPath',
  }),
  rollout_limit: insert('file_limit', {
    limit_id: 'limitId',
    window_minutes: 'windowMinutes',
    at_ms: 'atMs',
    file: 'file',
    turn_id: 'turnId',
    used_percent: 'usedPercent',
    resets_at_ms: 'resetsAtMs',
    plan: 'plan',
    reached: 'reached',
    name: 'name',
  }),
  rollout_credits: insert('file_credits', {
    limit_id: 'limitId',
    at_ms: 'atMs',
    file: 'file',
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

/** Writes rows that these facts tell of together: the key's columns once, then those of each. */
export function sqlOf(statements: readonly [RolloutStatement, ...RolloutStatement[]], rows = 1): string {
  const [{ table, key, sql }] = statements
  if (sql !== undefined) return sql
  const own = statements.flatMap(({ columns }) => columns.slice(key?.length ?? 0))
  const all = [...(key ?? []), ...own]
  const conflict =
    key === null ? 'NOTHING' : `UPDATE SET ${own.map((column) => `${column} = excluded.${column}`).join(', ')}`
  const values = Array.from({ length: rows }, () => `(${all.map(() => '?').join(', ')})`).join(', ')
  return `INSERT INTO ${table} (${all.join(', ')}) VALUES ${values} ON CONFLICT DO ${conflict}`
}
