import type { SessionFileFacts } from '../../model/exchange/session-file.ts'
import { readAppSession } from '../queries/app-session.ts'
import type { Db } from '../store/database.ts'

/** Times leave as Unix milliseconds with fractions, in the order of the sessions and then of time. */
const queries: { readonly [K in keyof SessionFileFacts]: { readonly sql: string; readonly flags: readonly string[] } } =
  {
    turns: {
      sql: `SELECT turn.session_id AS sessionId, number, turn_id AS turnId, start_ns / 1e6 AS startMs, end_ns / 1e6 AS endMs,
        state, error, abandoned, turn.witness, prompt.text AS prompt
      FROM turn LEFT JOIN prompt ON prompt.session_id = turn.session_id AND prompt.at_ns = turn.prompt_at_ns
      WHERE turn.session_id = ? ORDER BY number`,
      flags: ['abandoned'],
    },
    apiCalls: {
      sql: `SELECT session_id AS sessionId, turn_id AS turnId, at_ns / 1e6 AS atMs, duration_ns / 1e6 AS durationMs, status,
        model, effort, input_tokens AS inputTokens, cached_tokens AS cachedTokens, cache_write_tokens AS cacheWriteTokens,
        output_tokens AS outputTokens, reasoning_tokens AS reasoningTokens, coalesce(first_token_ms, ttft_ms) AS timeToFirstTokenMs,
        tier AS serviceTier, error, begun_after_ns / 1e6 AS beganAfterMs, witness
      FROM api_call WHERE session_id = ? ORDER BY at_ns, status, event_kind`,
      flags: [],
    },
    attempts: {
      sql: `SELECT session_id AS sessionId, at_ns / 1e6 AS atMs, kind, attempt, endpoint, status_code AS statusCode, success,
        duration_ms AS durationMs, model, error
      FROM api_attempt WHERE session_id = ? ORDER BY at_ns, kind, attempt`,
      flags: ['success'],
    },
    toolCalls: {
      sql: `SELECT session_id AS sessionId, call_id AS callId, turn_id AS turnId, parent_call_id AS parentCallId, role,
        coalesce(tool, span_tool) AS tool, namespace, mcp_server AS mcpServer, agent,
        coalesce(span_start_ns, at_ns - duration_ms * 1000000) / 1e6 AS startMs, coalesce(span_end_ns, at_ns) / 1e6 AS endMs,
        duration_ms AS durationMs, success, exit_code AS exitCode, aborted, summary,
        wait_start_ns / 1e6 AS waitStartMs, wait_end_ns / 1e6 AS waitEndMs, witness
      FROM tool_call WHERE session_id = ? ORDER BY coalesce(span_start_ns, at_ns), call_id`,
      flags: ['success', 'aborted'],
    },
    decisions: {
      sql: `SELECT session_id AS sessionId, call_id AS callId, at_ns / 1e6 AS atMs, decision, source, tool
      FROM decision WHERE session_id = ? ORDER BY at_ns, call_id`,
      flags: [],
    },
    compactions: {
      sql: `SELECT session_id AS sessionId, turn_id AS turnId, compaction.span_id AS spanId, start_ns / 1e6 AS startMs,
        end_ns / 1e6 AS endMs, reason, phase, at_most AS atMost, witness
      FROM compaction LEFT JOIN compaction_reason ON compaction_reason.span_id = compaction.parent_span_id
      WHERE session_id = ? ORDER BY start_ns, compaction.span_id`,
      flags: ['atMost'],
    },
  }

export function readSessionFacts(db: Db, ids: readonly string[]): SessionFileFacts {
  const facts = Object.entries(queries).map(([name, { sql, flags }]) => {
    const statement = db.prepare<[string], Record<string, unknown>>(sql)
    return [name, ids.flatMap((id) => statement.all(id)).map((row) => withFlags(row, flags))]
  })
  const read = Object.fromEntries(facts) as SessionFileFacts
  for (const id of ids) addAppFacts(db, id, read)
  return read
}

/** An application's turns, calls and tools lie in tables of their own. */
function addAppFacts(db: Db, sessionId: string, { turns, apiCalls, toolCalls }: SessionFileFacts): void {
  const base = db
    .prepare<[string], bigint>("SELECT first_ns FROM session WHERE id = ? AND kind = 'app'")
    .pluck()
    .safeIntegers(true)
    .get(sessionId)
  if (base === undefined) return
  const session = readAppSession(db, sessionId, base)
  const toMs = (ns: number): number => Number(base) / 1e6 + ns / 1e6
  for (const { number, turnId, start, end, state, prompt } of session.turns)
    turns.push({
      ...{ sessionId, number, turnId, state, prompt, error: null, abandoned: false, witness: 'telemetry' as const },
      startMs: toMs(start),
      endMs: end === null ? null : toMs(end),
    })
  for (const call of session.app.calls) {
    const { start, end, model, inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens } = call
    apiCalls.push({
      ...{ sessionId, model, inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens },
      turnId: session.app.places.get(call)?.turnId ?? null,
      atMs: toMs(end),
      durationMs: call.isTimed === 0 ? null : (end - start) / 1e6,
      status: call.status === 'failed' ? 'failed' : 'completed',
      effort: null,
      timeToFirstTokenMs: call.ttftMs === null ? null : Math.round(call.ttftMs),
      serviceTier: null,
      error: call.errorType,
      beganAfterMs: null,
      witness: 'telemetry',
    })
  }
  for (const { callId, tool, spanStart, spanEnd, durationMs, success, summary, turnId } of session.tools)
    toolCalls.push({
      ...{ sessionId, callId, turnId, tool, durationMs, success, summary },
      parentCallId: null,
      role: 'call',
      namespace: null,
      mcpServer: null,
      agent: null,
      startMs: spanStart === null ? null : toMs(spanStart),
      endMs: spanEnd === null ? null : toMs(spanEnd),
      exitCode: null,
      aborted: null,
      waitStartMs: null,
      waitEndMs: null,
      witness: 'telemetry',
    })
}

/** SQLite has no booleans. */
function withFlags(row: Record<string, unknown>, flags: readonly string[]): Record<string, unknown> {
  for (const flag of flags) if (row[flag] !== null) row[flag] = row[flag] === 1
  return row
}

/** The folders that the sessions worked in. */
export function readFolders(db: Db, ids: readonly string[]): string[] {
  return db
    .prepare<[string], string>(
      `SELECT DISTINCT folder FROM model_round JOIN turn_mention USING (turn_id)
       WHERE folder IS NOT NULL AND session_id IN (SELECT value FROM json_each(?)) ORDER BY folder`,
    )
    .pluck()
    .all(JSON.stringify(ids))
}
