import type { Evidence } from '../../model/codex/settle/index.ts'
import type { Db } from './database.ts'
import { neighbourNs } from './neighbours.ts'

export interface SessionTold {
  readonly first_ns: bigint
  readonly last_ns: bigint
  readonly service: string | null
  readonly seen_spans: bigint
  readonly understood: bigint
}

const told = "'telemetry' AS witness"
/** Rows that settling itself has written, for what only a file says. */
const isTold = "witness <> 'file'"

/** What the telemetry says of a session. */
export function evidenceReader(db: Db): (sessionId: string, session: SessionTold) => Evidence {
  const all = (sql: string): ReturnType<Db['prepare']> => db.prepare(sql)
  const starts = all(
    `SELECT at_ns - @base AS at, model, effort, approval_policy AS approvalPolicy, sandbox_policy AS sandboxPolicy
     FROM session_start WHERE session_id = @id`,
  )
  const spans = all(
    'SELECT kind, start_ns - @base AS start, end_ns - @base AS end FROM session_span WHERE session_id = @id',
  )
  const prompts = all(`SELECT at_ns - @base AS at, text, ${told} FROM prompt WHERE session_id = @id AND ${isTold}`)
  const turnSpans = all(
    `SELECT turn_id AS turnId, start_ns - @base AS start, end_ns - @base AS end, effort, total_tokens AS totalTokens,
       NULL AS told, ${told}
     FROM turn_span WHERE session_id = @id`,
  )
  const requests = all(
    `SELECT turn_id AS turnId, method, request_id AS requestId FROM turn_request
     WHERE turn_id IN (SELECT turn_id FROM turn_mention WHERE session_id = @id)`,
  )
  const mentions = all(
    `SELECT turn_id AS turnId, first_ns - @base AS firstAt, ${told} FROM turn_mention WHERE session_id = @id`,
  )
  const calls = all(
    `SELECT at_ns - @base AS at, status, event_kind AS eventKind, model, effort, input_tokens AS input,
       cached_tokens AS cached, cache_write_tokens AS cacheWrite, output_tokens AS output, reasoning_tokens AS reasoning,
       ttft_ms AS ttftMs, NULL AS turnId, NULL AS begunAfter, NULL AS firstItemAt, ${told}
     FROM api_call WHERE session_id = @id AND ${isTold}`,
  )
  const attempts = all(
    'SELECT at_ns - @base AS at, kind, attempt, endpoint, success, duration_ms AS durationMs FROM api_attempt WHERE session_id = @id',
  )
  const tools = all(
    `SELECT call_id AS callId, coalesce(tool, span_tool) AS tool, agent, at_ns - @base AS at, duration_ms AS durationMs,
       success, exit_code AS exitCode, span_start_ns - @base AS spanStart, span_end_ns - @base AS spanEnd, aborted,
       source, span_turn_id AS spanTurnId, trace_id AS traceId, NULL AS scriptCallId, ${told}
     FROM tool_call WHERE session_id = @id AND ${isTold}`,
  )
  const compactions = all(
    'SELECT start_ns - @base AS start, end_ns - @base AS end FROM compaction WHERE session_id = @id AND ' + isTold,
  )
  const decisions = all('SELECT call_id AS callId, at_ns - @base AS at FROM decision WHERE session_id = @id')
  const samplings = all('SELECT start_ns - @base AS start, end_ns - @base AS end FROM sampling WHERE session_id = @id')
  const folders = all(
    `SELECT start_ns - @base AS start, folder FROM model_round WHERE folder IS NOT NULL
       AND turn_id IN (SELECT turn_id FROM turn_mention WHERE session_id = @id)`,
  )
  const spawn = all('SELECT parent_id AS parentId, at_ns - @base AS at, message FROM spawn WHERE session_id = @id')
  const review = all(
    `SELECT parent_id AS parentId, nullif(call_id, '') AS callId FROM review
     WHERE parent_id <> @id AND trace_id IN (SELECT trace_id FROM turn_span WHERE session_id = @id) ORDER BY trace_id, parent_id, call_id`,
  )
  const cells = all('SELECT cell_id AS cell, call_id AS callId FROM code_cell WHERE session_id = @id')
  const callbacks = all('SELECT trace_id AS traceId, cell_id AS cell FROM code_callback WHERE session_id = @id')
  const neighbours = all(
    `SELECT prompt.session_id AS sessionId, prompt.at_ns - @base AS at, prompt.text
     FROM session CROSS JOIN prompt ON prompt.session_id = session.id
     WHERE session.id <> @id AND session.kind <> 'title' AND session.service IS @service
       AND session.first_ns <= @base + ${neighbourNs} AND session.last_ns >= @base - ${neighbourNs}
       AND prompt.at_ns BETWEEN @base - ${neighbourNs} AND @base + ${neighbourNs}`,
  )

  return (id, session) => {
    const params = { id, base: session.first_ns }
    const rows = <T>(statement: ReturnType<Db['prepare']>): T[] => statement.all(params) as T[]
    const flags = <T extends object>(found: T[], ...keys: (keyof T)[]): T[] => {
      for (const row of found) for (const key of keys) row[key] = asFlag(row[key]) as T[keyof T]
      return found
    }
    const requested = rows<Evidence['requests'][number]>(requests)
    return {
      id,
      lastAt: Number(session.last_ns - session.first_ns),
      seenSpans: session.seen_spans === 1n,
      understood: session.understood === 1n,
      starts: rows(starts),
      spans: rows(spans),
      prompts: rows(prompts),
      turnSpans: rows(turnSpans),
      requests: requested,
      mentions: rows(mentions),
      calls: rows(calls),
      attempts: flags(rows<Evidence['attempts'][number]>(attempts), 'success'),
      tools: flags(rows<Evidence['tools'][number]>(tools), 'success', 'aborted'),
      compactions: rows(compactions),
      decisions: rows(decisions),
      samplings: rows(samplings),
      folders: rows(folders),
      toldTurns: new Map(),
      thread: null,
      spawn: rows<NonNullable<Evidence['spawn']>>(spawn)[0] ?? null,
      review: rows<NonNullable<Evidence['review']>>(review)[0] ?? null,
      cells: new Map(rows<{ cell: string; callId: string }>(cells).map(({ cell, callId }) => [cell, callId])),
      callbacks: oneCellEach(rows<{ traceId: string; cell: string }>(callbacks)),
      neighbours: neighbours.all({ ...params, service: session.service }) as Evidence['neighbours'],
    }
  }
}

/** A trace of several cells (all of Codex's spans join one under TRACEPARENT) does not tell which cell a call in it is of. */
function oneCellEach(callbacks: readonly { readonly traceId: string; readonly cell: string }[]): Map<string, string> {
  const cells = new Map<string, Set<string>>()
  for (const { traceId, cell } of callbacks) cells.set(traceId, (cells.get(traceId) ?? new Set()).add(cell))
  return new Map([...cells].flatMap(([traceId, [cell = '', ...more]]) => (more.length === 0 ? [[traceId, cell]] : [])))
}

function asFlag(value: unknown): boolean | null {
  return value === null ? null : value === 1
}
