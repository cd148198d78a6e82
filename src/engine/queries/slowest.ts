import type { Db } from '../store/database.ts'

export interface SlowestParams {
  readonly by: 'call' | 'tool' | 'command' | 'model'
  readonly fromMs: number
  readonly toMs: number
  /** Only of this session. */
  readonly sessionId: string | null
  readonly limit: number
}

/** A call, or all calls of one name. Times are those of running: waiting for a decision is no part of them. */
export interface SlowCalls {
  /** `exec_command cargo`, `mcp github · search`, a model. */
  readonly name: string
  readonly calls: number
  readonly failed: number
  readonly totalMs: number
  readonly longestMs: number
  /** Of the longest one. */
  readonly sessionId: string
  readonly callId: string | null
  readonly endedMs: number
  /** What was asked of it. */
  readonly summary: string | null
}

const toolName = "iif(name LIKE 'mcp %' OR instr(name, ' ') = 0, name, substr(name, 1, instr(name, ' ') - 1))"

const groups: Readonly<Record<SlowestParams['by'], string>> = {
  call: "session_id || ' ' || call_id",
  tool: toolName,
  command: 'name',
  model: 'name',
}

const tools = `
  SELECT coalesce(history, tool, span_tool, 'tool_call') AS name, run_ms AS ms, session_id, call_id, coalesce(at_ns, span_end_ns) / 1e6 AS ended, summary,
    coalesce(success = 0, 0) OR coalesce(exit_code <> 0, 0) AS failed
  FROM tool_call WHERE role = 'call' AND run_ms NOT NULL AND coalesce(at_ns, span_end_ns) BETWEEN @from AND @to`

const models = `
  SELECT coalesce(model, 'unknown model') AS name, duration_ns / 1e6 AS ms, session_id, NULL AS call_id, at_ns / 1e6 AS ended, NULL AS summary,
    status = 'failed' AS failed
  FROM api_call WHERE echo = 0 AND duration_ns NOT NULL AND at_ns BETWEEN @from AND @to`

/** What took longest in a range: single calls by their own time, names by all of theirs. */
export function slowest(db: Db, { by, fromMs, toMs, sessionId, limit }: SlowestParams): SlowCalls[] {
  const calls = `${by === 'model' ? models : tools} ${sessionId === null ? '' : 'AND session_id = @sessionId'}`
  // Of a bare column beside max(), SQLite gives the value of the row that holds the maximum.
  return db
    .prepare<object, SlowCalls>(
      `WITH timed AS (${calls})
       SELECT ${by === 'tool' ? toolName : 'name'} AS name, count(*) AS calls, sum(failed) AS failed, sum(ms) AS totalMs, max(ms) AS longestMs,
         session_id AS sessionId, call_id AS callId, ended AS endedMs, summary
       FROM timed GROUP BY ${groups[by]} ORDER BY totalMs DESC, name LIMIT @limit`,
    )
    .all({ from: BigInt(Math.floor(fromMs)) * 1_000_000n, to: BigInt(Math.ceil(toMs)) * 1_000_000n, sessionId, limit })
}
