import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { calledFrom } from '../queries/called.ts'
import type { Db } from '../store/database.ts'
import { sessionsAmong } from './sessions-among.ts'

type ErrorRow = Value<'explore.errors'>['errors'][number]
type Kind = ErrorRow['kind']
type StoredRow = Omit<ErrorRow, 'kind' | 'session'>

/** Of each kind the newest so many are looked at. */
const mostOfKind = 5000

/** Where each kind of failure stands; every source has an index over its failures by time. */
const sources: Readonly<Record<Kind, string>> = {
  response: `SELECT fact.at_ns / 1e6 AS timeMs, session.id AS sessionId,
      coalesce(fact.model, 'response') AS what, coalesce(fact.error, '') AS message, NULL AS callId, NULL AS traceId, NULL AS spanId
    FROM api_call AS fact INDEXED BY api_call_failed LEFT JOIN session ON session.id = fact.session_id
    WHERE fact.status = 'failed' AND fact.echo = 0 AND fact.at_ns >= @from AND fact.at_ns < @to AND @among
    ORDER BY fact.at_ns DESC`,
  request: `SELECT fact.at_ns / 1e6 AS timeMs, session.id AS sessionId,
      coalesce(fact.endpoint, fact.kind) AS what,
      trim(coalesce(fact.error, '') || iif(fact.attempt > 0, ' · attempt ' || (fact.attempt + 1), '')) AS message,
      NULL AS callId, NULL AS traceId, NULL AS spanId
    FROM api_attempt AS fact INDEXED BY api_attempt_failed LEFT JOIN session ON session.id = fact.session_id
    WHERE fact.success = 0 AND fact.at_ns >= @from AND fact.at_ns < @to AND @among ORDER BY fact.at_ns DESC`,
  tool: `SELECT fact.at_ns / 1e6 AS timeMs, session.id AS sessionId,
      coalesce(iif(fact.mcp_server IS NULL, '', fact.mcp_server || ' · ') || coalesce(fact.tool, fact.span_tool), 'tool') AS what,
      coalesce(fact.summary, '') AS message, fact.call_id AS callId, NULL AS traceId, NULL AS spanId
    FROM tool_call AS fact INDEXED BY tool_call_failed LEFT JOIN session ON session.id = fact.session_id
    WHERE fact.success = 0 AND fact.at_ns >= @from AND fact.at_ns < @to AND @among ORDER BY fact.at_ns DESC`,
  app: `SELECT fact.start_ns / 1e6 AS timeMs, session.id AS sessionId,
      coalesce(fact.model, fact.operation) AS what, coalesce(fact.error_type, '') AS message, NULL AS callId,
      fact.trace_id AS traceId, fact.span_id AS spanId
    FROM genai_call AS fact LEFT JOIN session ON session.id = fact.session_id
    WHERE fact.status = 'failed' AND fact.start_ns >= @from AND fact.start_ns < @to AND @among ORDER BY fact.start_ns DESC`,
  log: `SELECT fact.time_ns / 1e6 AS timeMs, session.id AS sessionId, name.text AS what,
      '' AS message, NULL AS callId, NULL AS traceId, NULL AS spanId
    FROM log AS fact JOIN name ON name.id = fact.name LEFT JOIN conversation ON conversation.key = fact.conversation
      LEFT JOIN session ON session.id = conversation.id
    WHERE fact.severity >= 17 AND fact.time_ns >= @from AND fact.time_ns < @to AND @among ORDER BY fact.time_ns DESC`,
}

/** Failures over all sessions: of responses, requests, tools, applications' model calls, and error records of any sender. */
export function exploreErrors(
  db: Db,
  params: ParsedParams<'explore.errors'>,
  silenceMs: number,
): Value<'explore.errors'> {
  const { fromMs, toMs, kinds, text, limit } = params
  if (!(fromMs < toMs)) throw new ProcedureError('bad_request', 'the range ends before it begins')
  const among = sessionsAmong(db, params.filters, silenceMs)
  const bound = {
    from: BigInt(Math.floor(fromMs)) * 1_000_000n,
    to: BigInt(Math.ceil(toMs)) * 1_000_000n,
    ...among?.bound,
  }
  const words = text.trim().toLowerCase()
  const calledOf = calledFrom(db)
  const mentions = ({ what, message, sessionId }: StoredRow): boolean =>
    words === '' ||
    [what, message, ...Object.values(calledOf(sessionId))].some(
      (part) => typeof part === 'string' && part.toLowerCase().includes(words),
    )
  let truncated = false
  const found = (Object.entries(sources) as [Kind, string][]).map(([kind, sql]) => {
    const rows = db
      .prepare<object, StoredRow>(`${sql.replace('@among', among?.sql ?? '1')} LIMIT ${mostOfKind + 1}`)
      .all(bound)
    if (rows.length > mostOfKind) truncated = true
    return { kind, rows: rows.slice(0, mostOfKind).filter(mentions) }
  })
  const errors = found
    .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
    .flatMap(({ kind, rows }) => rows.map((row) => ({ kind, ...row })))
    .sort((a, b) => b.timeMs - a.timeMs)
  return {
    errors: errors.slice(0, limit).map((row) => ({ ...row, session: calledOf(row.sessionId) })),
    kinds: found.map(({ kind, rows }) => ({ kind, count: rows.length })).filter(({ count }) => count > 0),
    truncated: truncated || errors.length > limit,
  }
}
