import { ProcedureError } from '../../contract/result.ts'
import { stateOf } from '../../model/session/state.ts'
import type { SessionKind } from '../../model/session/summary.ts'
import type { Witness } from '../../model/session/witness.ts'
import type { SessionFacts, TreeFacts } from '../../model/tree/facts.ts'
import type { Db } from '../store/database.ts'
import { readAppSession } from './app-session.ts'

/** A hook may send what it likes: of a session, so many become rows; the others are raw records of it. */
const mostHookSteps = 2000

interface SessionRow {
  id: string
  kind: SessionKind
  parentId: string | null
  parentCallId: string | null
  endState: string
  title: string | null
  model: string | null
  originator: string | null
  service: string | null
  firstNs: bigint
  lastNs: bigint
  witness: Witness
}

/** The session and all below it, nearest first. */
const family = `
  WITH RECURSIVE family (id, depth) AS (
    SELECT id, 0 FROM session WHERE id = @id
    UNION
    SELECT session.id, depth + 1 FROM family JOIN session ON session.parent_id = family.id WHERE depth < 20
  )
  SELECT session.id, kind, parent_id AS parentId, parent_call_id AS parentCallId, end_state AS endState, title, model,
    originator, service, first_ns AS firstNs, last_ns AS lastNs, witness
  FROM (SELECT id, min(depth) AS depth FROM family GROUP BY id) AS member JOIN session USING (id)
  ORDER BY member.depth, first_ns, id`

/** The ids of a session and of all below it. */
export function familyOf(db: Db, id: string): string[] {
  return db
    .prepare<object, SessionRow>(family)
    .safeIntegers(true)
    .all({ id })
    .map((row) => row.id)
}

/** Everything in the fact tables that the tree of one session needs. `base` is its first moment in Unix nanoseconds. */
export function readTreeFacts(db: Db, id: string, silenceMs: number): { facts: TreeFacts; base: bigint } {
  const members = db.prepare<object, SessionRow>(family).safeIntegers(true).all({ id })
  const root = members[0]
  if (root === undefined) throw new ProcedureError('not_found', `no session ${id}`)
  const base = members.reduce((first, { firstNs }) => (firstNs < first ? firstNs : first), root.firstNs)
  const sessions = members.map((row) => readSession(db, row, base, silenceMs))
  return { facts: { rootId: id, baseMs: Number(base) / 1e6, sessions }, base }
}

function readSession(db: Db, row: SessionRow, base: bigint, silenceMs: number): SessionFacts {
  const params = { id: row.id, base }
  const all = <T>(sql: string): T[] => db.prepare(sql).all(params) as T[]
  const ofItsTurns = 'turn_id IN (SELECT turn_id FROM turn_mention WHERE session_id = @id)'
  const facts: SessionFacts = {
    id: row.id,
    kind: row.kind,
    parentId: row.parentId,
    parentCallId: row.parentCallId,
    title: row.title,
    model: row.model,
    originator: row.originator,
    state: stateOf(row.endState, Number(row.lastNs) / 1e6, Date.now(), silenceMs),
    firstAt: Number(row.firstNs - base),
    lastAt: Number(row.lastNs - base),
    witness: row.witness,
    spawnAt: all<{ at: number }>('SELECT at_ns - @base AS at FROM spawn WHERE session_id = @id')[0]?.at ?? null,
    spans: all(
      'SELECT kind, start_ns - @base AS start, end_ns - @base AS end FROM session_span WHERE session_id = @id',
    ),
    turns: all<SessionFacts['turns'][number]>(
      `SELECT number, turn_id AS turnId, start_ns - @base AS start, end_ns - @base AS end, state, error, failed_alone AS failedAlone, abandoned,
         prompt.text AS prompt
       FROM turn LEFT JOIN prompt ON prompt.session_id = turn.session_id AND prompt.at_ns = turn.prompt_at_ns
       WHERE turn.session_id = @id ORDER BY start_ns`,
    ).map((turn) => ({ ...turn, failedAlone: Boolean(turn.failedAlone), abandoned: Boolean(turn.abandoned) })),
    calls: all(
      `SELECT at_ns - @base AS at, status, model, input_tokens AS inputTokens, cached_tokens AS cachedTokens,
         output_tokens AS outputTokens, reasoning_tokens AS reasoningTokens, ttft_ms AS ttftMs, first_token_ms AS firstTokenMs,
         error, begun_after_ns - @base AS begunAfter, first_item_ns - @base AS firstItemAt
       FROM api_call WHERE session_id = @id ORDER BY at_ns`,
    ),
    attempts: all<SessionFacts['attempts'][number]>(
      `SELECT at_ns - @base AS at, kind, endpoint, status_code AS statusCode, success, duration_ms AS durationMs, error
       FROM api_attempt WHERE session_id = @id ORDER BY at_ns`,
    ).map((attempt) => ({ ...attempt, success: Boolean(attempt.success) })),
    tools: all<SessionFacts['tools'][number]>(
      `SELECT call_id AS callId, coalesce(tool, span_tool) AS tool, mcp_server AS mcpServer, at_ns - @base AS at,
         duration_ms AS durationMs, success, exit_code AS exitCode, running, summary, span_start_ns - @base AS spanStart,
         span_end_ns - @base AS spanEnd, aborted, turn_id AS turnId, parent_call_id AS parentCallId, witness,
         wait_start_ns - @base AS waitStart, wait_end_ns - @base AS waitEnd
       FROM tool_call WHERE session_id = @id`,
    ).map((tool) => ({
      ...tool,
      success: asFlag(tool.success),
      running: asFlag(tool.running) === true,
      aborted: asFlag(tool.aborted),
    })),
    decisions: all(
      'SELECT call_id AS callId, at_ns - @base AS at, decision, source, tool FROM decision WHERE session_id = @id',
    ),
    compactions: all<SessionFacts['compactions'][number]>(
      `SELECT compaction.span_id AS spanId, turn_id AS turnId, start_ns - @base AS start, end_ns - @base AS end, reason, phase,
         at_most AS atMost
       FROM compaction LEFT JOIN compaction_reason ON compaction_reason.span_id = compaction.parent_span_id
       WHERE session_id = @id`,
    ).map((compaction) => ({ ...compaction, atMost: Boolean(compaction.atMost) })),
    errors: all(
      'SELECT at_ms * 1000000 - @base AS at, error FROM rollout_error WHERE session_id = @id ORDER BY at_ms, rollout_id, offset',
    ),
    samplings: all('SELECT start_ns - @base AS start, end_ns - @base AS end FROM sampling WHERE session_id = @id'),
    rounds: all(
      `SELECT span_id AS spanId, turn_id AS turnId, start_ns - @base AS start, end_ns - @base AS end, model
       FROM model_round WHERE ${ofItsTurns}`,
    ),
    hooks: all(
      `SELECT span_id AS spanId, name, service, start_ns - @base AS start, end_ns - @base AS end, turn_id AS turnId, call_id AS callId
       FROM hook_step WHERE session_id = @id ORDER BY start_ns LIMIT ${mostHookSteps}`,
    ),
    startup: all('SELECT start_ns - @base AS start, end_ns - @base AS end FROM startup_phase WHERE session_id = @id'),
  }
  return row.kind === 'app' ? { ...facts, ...readAppSession(db, row.id, base), service: row.service } : facts
}

/** SQLite has no booleans. */
function asFlag(value: unknown): boolean | null {
  return value === null ? null : Boolean(value)
}
