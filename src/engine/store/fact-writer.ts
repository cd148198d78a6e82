import type { Fact } from '../../model/codex/facts.ts'
import { mostAttributes } from '../../model/codex/session-attributes.ts'
import type { Batch, Seen } from './batch.ts'
import type { Db } from './database.ts'
import { toldWriter } from './genai-facts.ts'
import { misreadWriter } from './misread.ts'

type Stored = Exclude<Fact['fact'], 'turn_mention'>

/**
 * How each fact is written. A fact whose row has one source is inserted once: the same record again changes nothing.
 * A tool call has two sources, its log and its span, and each sets its own columns.
 */
const statements: Record<Stored, string> = {
  session_start: `INSERT INTO session_start (session_id, at_ns, model, effort, provider, approval_policy, sandbox_policy, mcp_servers, trace_id)
    VALUES (@sessionId, @atNs, @model, @effort, @provider, @approvalPolicy, @sandboxPolicy, @mcpServers, @traceId) ON CONFLICT DO NOTHING`,
  session_span: `INSERT INTO session_span (session_id, kind, start_ns, end_ns)
    VALUES (@sessionId, @kind, @startNs, @endNs) ON CONFLICT DO NOTHING`,
  prompt: `INSERT INTO prompt (session_id, at_ns, length, text) VALUES (@sessionId, @atNs, @length, @text) ON CONFLICT DO NOTHING`,
  turn_span: `INSERT INTO turn_span (session_id, turn_id, trace_id, span_id, start_ns, end_ns, model, effort, total_tokens)
    VALUES (@sessionId, @turnId, @traceId, @spanId, @startNs, @endNs, @model, @effort, @totalTokens) ON CONFLICT DO NOTHING`,
  turn_request: `INSERT INTO turn_request (turn_id, method, at_ns, request_id)
    VALUES (@turnId, @method, @atNs, @requestId) ON CONFLICT DO NOTHING`,
  api_call: `INSERT INTO api_call (session_id, at_ns, status, event_kind, model, effort, input_tokens, cached_tokens,
      cache_write_tokens, output_tokens, reasoning_tokens, ttft_ms, tier, error)
    VALUES (@sessionId, @atNs, @status, @eventKind, @model, @effort, @inputTokens, @cachedTokens,
      @cacheWriteTokens, @outputTokens, @reasoningTokens, @ttftMs, @tier, @error) ON CONFLICT DO NOTHING`,
  api_attempt: `INSERT INTO api_attempt (session_id, at_ns, kind, attempt, endpoint, status_code, success, duration_ms, model, error)
    VALUES (@sessionId, @atNs, @kind, @attempt, @endpoint, @statusCode, @success, @durationMs, @model, @error) ON CONFLICT DO NOTHING`,
  tool_result: `INSERT INTO tool_call (session_id, call_id, tool, namespace, mcp_server, agent, at_ns, duration_ms, success,
      exit_code, running, summary, arguments_length, output_length, output_truncated)
    VALUES (@sessionId, @callId, @tool, @namespace, @mcpServer, @agent, @atNs, @durationMs, @success,
      @exitCode, @running, @summary, @argumentsLength, @outputLength, @outputTruncated)
    ON CONFLICT DO UPDATE SET (tool, namespace, mcp_server, agent, at_ns, duration_ms, success, exit_code, running, summary,
      arguments_length, output_length, output_truncated) = (excluded.tool, excluded.namespace, excluded.mcp_server,
      excluded.agent, excluded.at_ns, excluded.duration_ms, excluded.success, excluded.exit_code, excluded.running, excluded.summary,
      excluded.arguments_length, excluded.output_length, excluded.output_truncated)
    WHERE at_ns IS NULL OR excluded.at_ns > at_ns`,
  tool_span: `INSERT INTO tool_call (session_id, call_id, span_tool, span_start_ns, span_end_ns, aborted, source, span_turn_id, trace_id)
    VALUES (@sessionId, @callId, @tool, @startNs, @endNs, @aborted, @source, @turnId, @traceId)
    ON CONFLICT DO UPDATE SET (span_tool, span_start_ns, span_end_ns, aborted, source, span_turn_id, trace_id) =
      (excluded.span_tool, excluded.span_start_ns, excluded.span_end_ns, excluded.aborted, excluded.source,
      excluded.span_turn_id, excluded.trace_id)
    WHERE span_start_ns IS NULL OR excluded.span_start_ns > span_start_ns`,
  decision: `INSERT INTO decision (session_id, call_id, at_ns, decision, source, tool)
    VALUES (@sessionId, @callId, @atNs, @decision, @source, @tool) ON CONFLICT DO NOTHING`,
  sampling: `INSERT INTO sampling (session_id, span_id, turn_id, start_ns, end_ns)
    VALUES (@sessionId, @spanId, @turnId, @startNs, @endNs) ON CONFLICT DO NOTHING`,
  model_round: `INSERT INTO model_round (turn_id, span_id, start_ns, end_ns, model, folder)
    VALUES (@turnId, @spanId, @startNs, @endNs, @model, @folder) ON CONFLICT DO NOTHING`,
  compaction: `INSERT INTO compaction (session_id, span_id, parent_span_id, turn_id, start_ns, end_ns)
    VALUES (@sessionId, @spanId, @parentSpanId, @turnId, @startNs, @endNs) ON CONFLICT DO NOTHING`,
  compaction_reason: `INSERT INTO compaction_reason (span_id, reason, phase) VALUES (@spanId, @reason, @phase) ON CONFLICT DO NOTHING`,
  spawn: `INSERT INTO spawn (session_id, parent_id, at_ns, message) VALUES (@sessionId, @parentId, @atNs, @message)
    ON CONFLICT DO UPDATE SET parent_id = excluded.parent_id, at_ns = excluded.at_ns, message = excluded.message WHERE excluded.at_ns < at_ns`,
  review: `INSERT INTO review (trace_id, parent_id, call_id) VALUES (@traceId, @parentId, coalesce(@callId, '')) ON CONFLICT DO NOTHING`,
  code_cell: `INSERT INTO code_cell (session_id, cell_id, call_id) VALUES (@sessionId, @cellId, @callId) ON CONFLICT DO NOTHING`,
  hook_step: `INSERT INTO hook_step (session_id, start_ns, span_id, name, end_ns, service, turn_id, call_id)
    VALUES (@sessionId, @startNs, @spanId, @name, @endNs, @service, @turnId, @callId) ON CONFLICT DO NOTHING`,
  startup_phase: `INSERT INTO startup_phase (session_id, phase, start_ns, end_ns)
    VALUES (@sessionId, @phase, @startNs, @endNs) ON CONFLICT DO NOTHING`,
  server_start: `INSERT INTO server_start (trace_id, span_id, server, start_ns, end_ns)
    VALUES (@traceId, @spanId, @server, @startNs, @endNs) ON CONFLICT DO NOTHING`,
  server_wait: `INSERT INTO server_wait (turn_id, span_id, start_ns, end_ns)
    VALUES (@turnId, @spanId, @startNs, @endNs) ON CONFLICT DO NOTHING`,
  code_callback: `INSERT INTO code_callback (trace_id, session_id, cell_id) VALUES (@traceId, @sessionId, @cellId) ON CONFLICT DO NOTHING`,
}

const insertAttribute = `INSERT INTO session_attribute (session_id, key, value) SELECT @sessionId, @key, @value
  WHERE (SELECT count(*) FROM session_attribute WHERE session_id = @sessionId) < ${mostAttributes} ON CONFLICT DO NOTHING`

/** What settling has written from a file alone gives way to the record of the same thing. */
const fileTool = "DELETE FROM tool_call WHERE session_id = @sessionId AND call_id = @callId AND witness = 'file'"
const fileRows: Partial<Record<Stored, string>> = {
  prompt: "DELETE FROM prompt WHERE session_id = @sessionId AND at_ns = @atNs AND witness = 'file'",
  tool_result: fileTool,
  tool_span: fileTool,
}

/** Of Codex's own records before others, whichever came first; `both` where neither or both are its own. */
const ownFirst = (column: string, both: string): string =>
  `${column} = CASE WHEN told_first_ns IS NULL OR excluded.own > own THEN excluded.${column}
      WHEN excluded.own < own THEN ${column}
      ELSE ${both} END`

/** What a session's process is called: of several names the smaller. */
const words = ['service', 'environment', 'app_version', 'originator', 'terminal', 'user', 'host']
  .map((column) =>
    ownFirst(column, `min(coalesce(${column}, excluded.${column}), coalesce(excluded.${column}, ${column}))`),
  )
  .join(',\n    ')

/** How long a hook's step makes it last is settled: `first_ns` and `last_ns` hold more until then. */
const told = [
  ownFirst('told_first_ns', 'min(told_first_ns, excluded.told_first_ns)'),
  ownFirst('told_last_ns', 'max(told_last_ns, excluded.told_last_ns)'),
].join(',\n    ')

/** Program and user of a session that only a file told of are the file's words: the first record takes their place. */
const upsertSeen = `
  INSERT INTO session (id, first_ns, last_ns, told_first_ns, told_last_ns, own, service, environment, app_version, originator, terminal, user, host, batch, seen_spans, understood)
  VALUES (@id, @firstNs, @lastNs, @firstNs, @lastNs, @own, @service, @environment, @appVersion, @originator, @terminal, @user, @host, @batch, @spans, @understood)
  ON CONFLICT DO UPDATE SET
    first_ns = min(first_ns, excluded.first_ns),
    last_ns = max(last_ns, excluded.last_ns),
    ${told},
    own = max(own, excluded.own),
    ${words},
    batch = min(coalesce(batch, excluded.batch), coalesce(excluded.batch, batch)),
    seen_spans = max(seen_spans, excluded.seen_spans),
    understood = max(understood, excluded.understood)`

const upsertMention = `
  INSERT INTO turn_mention (session_id, turn_id, first_ns) VALUES (@sessionId, @turnId, @firstNs)
  ON CONFLICT DO UPDATE SET first_ns = min(first_ns, excluded.first_ns)`

/** Writes a batch inside the caller's transaction, and notes which sessions have to be settled. */
export function factWriter(db: Db): (batch: Batch) => void {
  const byFact = new Map<string, ReturnType<Db['prepare']>>()
  for (const [fact, sql] of Object.entries(statements)) byFact.set(fact, db.prepare(sql))
  const seen = db.prepare(upsertSeen)
  const mention = db.prepare(upsertMention)
  const writeAttribute = db.prepare(insertAttribute)
  const writeTold = toldWriter(db)
  const writeMisread = misreadWriter(db)
  // A conversation that Codex names is Codex's, whoever named it before.
  const claim = db.prepare("DELETE FROM session WHERE id = ? AND kind = 'app'")
  const replaced = new Map(Object.entries(fileRows).map(([fact, sql]) => [fact, db.prepare(sql)]))
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const unsettleTurn = db.prepare(
    'INSERT INTO unsettled (session_id) SELECT session_id FROM turn_mention WHERE turn_id = ? ON CONFLICT DO NOTHING',
  )
  const unsettleReviewed = db.prepare(
    'INSERT INTO unsettled (session_id) SELECT session_id FROM turn_span WHERE trace_id = ? ON CONFLICT DO NOTHING',
  )
  const unsettleStarted = db.prepare(
    'INSERT INTO unsettled (session_id) SELECT session_id FROM session_start WHERE trace_id = ? ON CONFLICT DO NOTHING',
  )

  return (batch) => {
    for (const [id, session] of batch.sessions) {
      claim.run(id)
      seen.run(seenRow(id, session))
    }
    for (const row of batch.mentions.values()) mention.run(row)
    for (const said of batch.attributes.values()) writeAttribute.run(said)
    for (const fact of batch.facts) {
      const row = bindable(fact)
      replaced.get(fact.fact)?.run(row)
      byFact.get(fact.fact)?.run(row)
      if (fact.fact === 'review') unsettleReviewed.run(fact.traceId)
      if (fact.fact === 'server_start') unsettleStarted.run(fact.traceId)
    }
    for (const told of batch.genAi) writeTold(told)
    for (const misread of batch.misread) writeMisread(misread)
    for (const id of batch.touched) unsettle.run(id)
    for (const turnId of batch.touchedTurns) unsettleTurn.run(turnId)
  }
}

function seenRow(id: string, session: Seen): Record<string, unknown> {
  return {
    id,
    ...session,
    spans: session.spans ? 1 : 0,
    own: session.own ? 1 : 0,
    understood: session.understood ? 1 : 0,
  }
}

/** SQLite has no booleans. */
function bindable(fact: Fact): Record<string, unknown> {
  const row: Record<string, unknown> = { ...fact }
  for (const [key, value] of Object.entries(row)) if (typeof value === 'boolean') row[key] = value ? 1 : 0
  return row
}
