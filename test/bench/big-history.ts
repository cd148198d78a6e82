import { openForWriting, type Db } from '../../src/engine/store/database.ts'
import { createWriter } from '../../src/engine/store/writer.ts'
import { makeAppHistory } from './app-history.ts'

/** What three months of a busy user leave: the limits of the dashboards are stated for this. */
export const history = {
  days: 90,
  sessions: 5000,
  apiCalls: 200_000,
  toolCalls: 600_000,
  logs: 3_000_000,
  spans: 10_000_000,
}

const perSession = {
  turns: 8,
  calls: history.apiCalls / history.sessions,
  tools: history.toolCalls / history.sessions,
  logs: history.logs / history.sessions,
  spans: history.spans / history.sessions,
}
const dayMs = 86_400_000
const minuteMs = 60_000
const models = ['gpt-5.5', 'gpt-6.1-sol', 'gpt-5.5-mini']
const tools = [
  'exec_command',
  'exec_command',
  'exec_command',
  'apply_patch',
  'update_plan',
  'write_stdin',
  'web_search',
]
const projects = Array.from({ length: 12 }, (_, i) => `/home/dev/projects/p${i}`)

/** Always the same numbers, so that two runs compare. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/**
 * Fills a database with facts as the projection would leave them, and with as many index rows, straight through SQL: what is measured
 * is reading. Ends with the sums that the writer makes in the background. `endMs` is the last moment.
 */
export function makeHistory(dataDir: string, endMs: number): void {
  const db = openForWriting(dataDir)
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -400000')
  const random = numbers(7)
  db.exec('CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)')
  db.exec(
    `WITH RECURSIVE count (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM count WHERE i < ${perSession.spans - 1}) INSERT INTO n SELECT i FROM count`,
  )
  const insert = statements(db)
  for (let i = 0; i < 50; i++) insert.name.run(i + 1, `span_${i}`)
  insert.body.run(Buffer.alloc(16, 1), endMs, Buffer.alloc(64))
  insert.client.run()
  for (let session = 0; session < history.sessions; session += 100)
    db.transaction(() => {
      for (let i = session; i < session + 100; i++) makeSession(i)
    })()
  makeAppHistory(db, endMs, history.days, random)
  db.exec('DELETE FROM unshared; DELETE FROM unsettled')
  const writer = createWriter(db)
  db.exec('DELETE FROM unsettled')
  while (!writer.sumUp(1000));
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()

  function makeSession(number: number): void {
    const id = `session-${String(number).padStart(6, '0')}`
    const span = history.days * dayMs
    const startMs = endMs - span + Math.floor((number / history.sessions) * span)
    const turnMs = 6 * minuteMs
    const at = (ms: number): bigint => BigInt(Math.round(ms)) * 1_000_000n + BigInt(random(1_000_000))
    const model = models[random(models.length)] ?? ''
    const helper = number % 9 === 0
    insert.session.run({
      id,
      first: at(startMs),
      last: at(startMs + perSession.turns * turnMs),
      environment: ['dev', 'ci', ''][random(3)],
      originator: ['codex-tui', 'codex_exec'][random(2)],
      version: ['0.168.0', '0.169.0'][random(2)],
      user: ['a@example.com', 'b@example.com', ''][random(3)],
      folder: projects[random(projects.length)],
      models: JSON.stringify([model]),
      kind: helper ? 'subagent' : 'user',
      busy: BigInt(perSession.turns * turnMs) * 900_000n,
    })
    for (let turn = 0; turn < perSession.turns; turn++) {
      const turnAt = startMs + turn * turnMs
      insert.turn.run(id, turn + 1, `${id}-${turn}`, at(turnAt), at(turnAt + turnMs * 0.9), 'done')
      insert.prompt.run(id, at(turnAt))
      for (const share of ['model_wait', 'model_stream', 'tool_run', 'wait_user', 'unaccounted'])
        insert.share.run(id, turn + 1, share, at(turnAt), BigInt(random(60_000)) * 1_000_000n)
    }
    for (let i = 0; i < perSession.calls; i++) {
      const ms = startMs + (i / perSession.calls) * perSession.turns * turnMs
      const input = 2000 + random(90_000)
      const failed = random(100) === 0
      insert.call.run({
        id,
        at: at(ms),
        status: failed ? 'failed' : 'completed',
        model,
        input: failed ? 0 : input,
        cached: failed ? 0 : Math.floor(input * 0.8),
        output: failed ? 0 : 100 + random(2000),
        reasoning: failed ? 0 : random(100),
        ttft: failed ? null : 200 + random(4000),
        duration: failed ? null : BigInt(1000 + random(20_000)) * 1_000_000n,
        cost: failed ? null : input / 1e6,
      })
      insert.attempt.run(id, at(ms), failed ? 500 : 200, failed ? 0 : 1, model)
    }
    for (let i = 0; i < perSession.tools; i++) {
      const ms = startMs + (i / perSession.tools) * perSession.turns * turnMs
      const tool = tools[random(tools.length)]
      insert.tool.run({
        id,
        call: `${id}-${i}`,
        tool: random(12) === 0 ? 'search' : tool,
        server: random(12) === 0 ? 'docs' : null,
        at: at(ms),
        run: 20 + random(9000),
        success: random(30) === 0 ? 0 : 1,
        exit: random(20) === 0 ? 1 : 0,
      })
      if (i % 3 === 0)
        insert.decision.run(
          id,
          `${id}-${i}`,
          at(ms),
          random(9) === 0 ? 'denied' : 'approved',
          random(2) === 0 ? 'User' : 'Config',
        )
    }
    insert.figures.run(id)
    insert.conversation.run(number + 1, id)
    insert.logs.run({ key: number + 1, first: at(startMs), step: 4_000_000_000n, count: perSession.logs })
    insert.trace.run(number + 1, Buffer.from(String(number).padStart(16, '0')))
    insert.link.run(number + 1, number + 1)
    insert.spans.run({ trace: number + 1, first: at(startMs) })
  }
}

function statements(db: Db) {
  const run = (sql: string) => db.prepare<unknown[]>(sql)
  const dimension = run(
    `INSERT INTO dimension (kind, service, environment, originator, terminal, user, project, app_version, models)
     VALUES (@kind, 'codex_exec', @environment, @originator, 'xterm', @user, @folder, @version, @models) ON CONFLICT DO NOTHING`,
  )
  const session = run(
    `INSERT INTO session (id, first_ns, last_ns, service, environment, app_version, originator, terminal, user, kind, end_state,
       models, folder, busy_ns, dimension, prompts, turns, tool_calls)
     SELECT @id, @first, @last, 'codex_exec', @environment, @version, @originator, 'xterm', @user, @kind, 'done', @models, @folder,
       @busy, id, ${perSession.turns}, ${perSession.turns}, ${perSession.tools}
     FROM dimension WHERE (kind, environment, originator, user, project, app_version, models) =
       (@kind, @environment, @originator, @user, @folder, @version, @models)`,
  )
  return {
    session: {
      run(row: Record<string, unknown>) {
        dimension.run(row)
        session.run(row)
      },
    },
    name: run('INSERT INTO name (id, text) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    client: run("INSERT INTO client (id, service, version) VALUES (1, 'codex_exec', '0.169.0')"),
    body: run(
      'INSERT INTO body (id, hash, signal, origin, received_ms, records, client, codec, size, bytes) VALUES (1, ?, 1, 1, ?, 1, 1, 0, 64, ?)',
    ),
    turn: run('INSERT INTO turn (session_id, number, turn_id, start_ns, end_ns, state) VALUES (?, ?, ?, ?, ?, ?)'),
    prompt: run('INSERT INTO prompt (session_id, at_ns, length, text) VALUES (?, ?, 20, NULL)'),
    share: run('INSERT INTO turn_share (session_id, number, share, start_ns, ns) VALUES (?, ?, ?, ?, ?)'),
    call: run(
      `INSERT INTO api_call (session_id, at_ns, status, event_kind, model, input_tokens, cached_tokens, cache_write_tokens,
         output_tokens, reasoning_tokens, ttft_ms, duration_ns, cost_usd, price_version)
       VALUES (@id, @at, @status, 'response.completed', @model, @input, @cached, 0, @output, @reasoning, @ttft, @duration, @cost, 'x')
       ON CONFLICT DO NOTHING`,
    ),
    attempt: run(
      `INSERT INTO api_attempt (session_id, at_ns, kind, attempt, endpoint, status_code, success, duration_ms, model, retry, final)
       VALUES (?, ?, 'http', 0, '/responses', ?, ?, 30, ?, 0, 1) ON CONFLICT DO NOTHING`,
    ),
    tool: run(
      `INSERT INTO tool_call (session_id, call_id, tool, mcp_server, at_ns, duration_ms, run_ms, success, exit_code, summary)
       VALUES (@id, @call, @tool, @server, @at, @run, @run, @success, @exit, 'cargo test --workspace')`,
    ),
    decision: run('INSERT INTO decision (session_id, call_id, at_ns, decision, source) VALUES (?, ?, ?, ?, ?)'),
    figures: run(
      `UPDATE session SET (api_calls, failed_api_calls, input_tokens, cached_tokens, output_tokens, reasoning_tokens, cost_usd, unpriced_calls) = (
         SELECT sum(status = 'completed'), sum(status = 'failed'), sum(input_tokens), sum(cached_tokens), sum(output_tokens),
           sum(reasoning_tokens), sum(cost_usd), sum(status = 'completed' AND cost_usd IS NULL)
         FROM api_call WHERE session_id = id) WHERE id = ?`,
    ),
    conversation: run('INSERT INTO conversation (key, id) VALUES (?, ?)'),
    logs: run(
      `INSERT INTO log (conversation, time_ns, name, severity, body, at)
       SELECT @key, @first + i * @step, 1 + i % 50, 9, 1, i FROM n WHERE i < @count`,
    ),
    trace: run('INSERT INTO trace (id, trace_id, client) VALUES (?, ?, 1)'),
    link: run('INSERT INTO trace_conversation (conversation, trace) VALUES (?, ?)'),
    spans: run(
      `INSERT INTO span (trace, span_id, parent_id, name, start_ns, duration_ns, flags, body, at)
       SELECT @trace, i + 1, i / 8, 1 + i % 50, @first + i * 1000000, 900000, 1, 1, i FROM n`,
    ),
  }
}
