import { settle, type Evidence, type Settled } from '../../model/codex/settle/index.ts'
import { appSessions } from './app-sessions.ts'
import type { Db } from './database.ts'
import { dimensionWriter } from './dimensions.ts'
import { figureWriter } from './figures.ts'

/** A title session begins within this time of the prompt that it names. */
const neighbourNs = 10_000_000_000n

interface SessionRow {
  first_ns: bigint
  last_ns: bigint
  service: string | null
  kind: string
  seen_spans: bigint
  understood: bigint
}

/**
 * Settles sessions: reads the facts of one, derives what `model/codex/settle` derives, writes it. Idempotent; the
 * caller holds the transaction.
 */
export function settler(db: Db): (sessionId: string) => void {
  const read = evidenceReader(db)
  const write = settledWriter(db)
  const writeFigures = figureWriter(db)
  const writeDimension = dimensionWriter(db)
  const unshare = db.prepare('INSERT INTO unshared (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const findSession = db
    .prepare<[string], SessionRow>(
      'SELECT first_ns, last_ns, service, kind, seen_spans, understood FROM session WHERE id = ?',
    )
    .safeIntegers(true)
  const done = db.prepare('DELETE FROM unsettled WHERE session_id = ?')
  // A title session chose its parent among what had arrived. A prompt that came later may be the one that it names; and a
  // session that turned out to be no person's was no choice at all.
  const unsettleTitles = db.prepare(
    `INSERT INTO unsettled (session_id)
     SELECT title.id FROM prompt JOIN session AS title
       ON title.first_ns BETWEEN prompt.at_ns - ${neighbourNs} AND prompt.at_ns + ${neighbourNs}
     WHERE prompt.session_id = @id AND title.kind = 'title' AND title.id <> @id
       AND (@changed = 1 OR title.parent_id IS NOT @id)
     ON CONFLICT DO NOTHING`,
  )
  const apps = appSessions(db, (id, firstNs, { session }) => {
    write(id, firstNs, { session, turns: [], calls: [], attempts: [], tools: [] })
  })
  return (sessionId) => {
    apps.gather(sessionId)
    const row = findSession.get(sessionId)
    if (row === undefined || row.kind === 'app') {
      apps.settle(sessionId)
      writeDimension(sessionId)
    } else {
      apps.yieldToCodex(sessionId)
      const settled = settle(read(sessionId, row))
      write(sessionId, row.first_ns, settled)
      writeFigures(sessionId)
      writeDimension(sessionId)
      unshare.run(sessionId)
      const changed = settled.session.kind !== row.kind
      if (changed || settled.session.kind === 'user') unsettleTitles.run({ id: sessionId, changed: changed ? 1 : 0 })
    }
    done.run(sessionId)
  }
}

function evidenceReader(db: Db): (sessionId: string, session: SessionRow) => Evidence {
  const all = (sql: string): ReturnType<Db['prepare']> => db.prepare(sql)
  const starts = all(
    `SELECT at_ns - @base AS at, model, effort, approval_policy AS approvalPolicy, sandbox_policy AS sandboxPolicy
     FROM session_start WHERE session_id = @id`,
  )
  const spans = all(
    'SELECT kind, start_ns - @base AS start, end_ns - @base AS end FROM session_span WHERE session_id = @id',
  )
  const prompts = all('SELECT at_ns - @base AS at, text FROM prompt WHERE session_id = @id')
  const turnSpans = all(
    `SELECT turn_id AS turnId, start_ns - @base AS start, end_ns - @base AS end, effort, total_tokens AS totalTokens
     FROM turn_span WHERE session_id = @id`,
  )
  const requests = all(
    `SELECT turn_id AS turnId, method, request_id AS requestId FROM turn_request
     WHERE turn_id IN (SELECT turn_id FROM turn_mention WHERE session_id = @id)`,
  )
  const mentions = all('SELECT turn_id AS turnId, first_ns - @base AS firstAt FROM turn_mention WHERE session_id = @id')
  const calls = all(
    `SELECT at_ns - @base AS at, status, event_kind AS eventKind, model, effort, input_tokens AS input,
       cached_tokens AS cached, cache_write_tokens AS cacheWrite, output_tokens AS output, reasoning_tokens AS reasoning
     FROM api_call WHERE session_id = @id`,
  )
  const attempts = all(
    'SELECT at_ns - @base AS at, kind, attempt, endpoint, success FROM api_attempt WHERE session_id = @id',
  )
  const tools = all(
    `SELECT call_id AS callId, coalesce(tool, span_tool) AS tool, agent, at_ns - @base AS at, duration_ms AS durationMs,
       success, exit_code AS exitCode, span_start_ns - @base AS spanStart, span_end_ns - @base AS spanEnd, aborted,
       source, span_turn_id AS spanTurnId, trace_id AS traceId
     FROM tool_call WHERE session_id = @id`,
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
      decisions: rows(decisions),
      samplings: rows(samplings),
      folders: rows(folders),
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

function settledWriter(db: Db): (sessionId: string, firstNs: bigint, settled: Settled) => void {
  const updateSession = db.prepare(
    `UPDATE session SET kind = @kind, parent_id = @parentId, parent_call_id = @parentCallId, title = @title,
       end_state = @endState, busy_ns = @busyNs, open_since_ns = @base + @openSince, models = @models, model = @model,
       effort = @effort, folder = @folder, approval_policy = @approvalPolicy, sandbox_policy = @sandboxPolicy,
       prompts = @prompts, turns = @turns, api_calls = @apiCalls, failed_api_calls = @failedApiCalls,
       retries = @retries, tool_calls = @toolCalls, failed_tool_calls = @failedToolCalls,
       wrapper_calls = @wrapperCalls, cancelled_tool_calls = @cancelledToolCalls, non_zero_exits = @nonZeroExits,
       errors = @errors, input_tokens = @input, cached_tokens = @cached, cache_write_tokens = @cacheWrite,
       output_tokens = @output, reasoning_tokens = @reasoning
     WHERE id = @id`,
  )
  // Only what differs is written: every row that changes has its hour summed up anew.
  const deleteTurns = db.prepare('DELETE FROM turn WHERE session_id = ? AND number > ?')
  const upsertTurn = db.prepare(
    `INSERT INTO turn (session_id, number, turn_id, start_ns, end_ns, state, prompt_at_ns, away_ns)
     VALUES (@id, @number, @turnId, @base + @start, @base + @end, @state, @base + @promptAt, @awayNs)
     ON CONFLICT DO UPDATE SET turn_id = excluded.turn_id, start_ns = excluded.start_ns, end_ns = excluded.end_ns,
       state = excluded.state, prompt_at_ns = excluded.prompt_at_ns, away_ns = excluded.away_ns
     WHERE turn_id IS NOT excluded.turn_id OR start_ns <> excluded.start_ns OR end_ns IS NOT excluded.end_ns
       OR state <> excluded.state OR prompt_at_ns IS NOT excluded.prompt_at_ns
       OR away_ns <> excluded.away_ns`,
  )
  const updateCall = db.prepare(
    `UPDATE api_call SET turn_id = @turnId, duration_ns = @durationNs, echo = @echo
     WHERE session_id = @id AND at_ns = @base + @at AND status = @status AND event_kind = @eventKind
       AND (turn_id IS NOT @turnId OR duration_ns IS NOT @durationNs OR echo <> @echo)`,
  )
  const updateAttempt = db.prepare(
    `UPDATE api_attempt SET retry = @retry, final = @final
     WHERE session_id = @id AND at_ns = @base + @at AND kind = @kind AND attempt = @attempt
       AND (retry IS NOT @retry OR final IS NOT @final)`,
  )
  const updateTool = db.prepare(
    `UPDATE tool_call SET turn_id = @turnId, parent_call_id = @parentCallId, role = @role
     WHERE session_id = @id AND call_id = @callId
       AND (turn_id IS NOT @turnId OR parent_call_id IS NOT @parentCallId OR role IS NOT @role)`,
  )
  return (id, base, { session, turns, calls, attempts, tools }) => {
    const { tokens, models, ...columns } = session
    updateSession.run({ id, base, ...integers(columns), ...tokens, models: JSON.stringify(models) })
    deleteTurns.run(id, turns.length)
    turns.forEach((turn, i) => upsertTurn.run({ id, base, number: i + 1, ...integers(turn) }))
    for (const call of calls) updateCall.run({ id, base, ...integers(call) })
    for (const attempt of attempts) updateAttempt.run({ id, base, ...integers(attempt) })
    for (const tool of tools) updateTool.run({ id, ...tool })
  }
}

/** better-sqlite3 binds a number beyond 32 bits as a real, and integer + real would lose nanoseconds. */
function integers<T extends object>(row: T): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'number' ? BigInt(Math.round(value)) : typeof value === 'boolean' ? Number(value) : value,
    ]),
  )
}
