import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Called } from '../../model/session/name.ts'
import { calledFrom } from '../queries/called.ts'
import type { Db } from '../store/database.ts'
import { nanosecondsOf } from './range.ts'
import { sessionsAmong } from './sessions-among.ts'

type ErrorRow = Value<'explore.errors'>['errors'][number]
type Kind = ErrorRow['kind']
type StoredRow = Omit<ErrorRow, 'kind' | 'session'>

/** Of each kind at most so many are counted, and looked at where words are looked for. */
export const mostOfKind = 5000

interface Source {
  readonly columns: string
  /** From which table, called `fact`, and what else its columns need. */
  readonly from: string
  readonly at: string
  /** Its failures, which an index finds by time. */
  readonly failed: string
}

interface Found {
  readonly kind: Kind
  /** Newest first; all that are counted, or as many as may be shown. */
  readonly rows: readonly StoredRow[]
  readonly count: number
  /** There are more than are counted. */
  readonly isCut: boolean
}

const noRow = 'NULL AS callId, NULL AS turn, NULL AS traceId, NULL AS spanId'
const ofSession = 'LEFT JOIN session ON session.id = fact.session_id'

const sources: Readonly<Record<Kind, Source>> = {
  response: {
    columns: `coalesce(fact.model, 'response') AS what, coalesce(fact.error, '') AS message, ${noRow}`,
    from: `api_call AS fact INDEXED BY api_call_failed ${ofSession}`,
    at: 'fact.at_ns',
    failed: "fact.status = 'failed' AND fact.echo = 0",
  },
  request: {
    columns: `coalesce(fact.endpoint, fact.kind) AS what,
      trim(coalesce(fact.error, '') || iif(fact.attempt > 0, ' · attempt ' || (fact.attempt + 1), '')) AS message, ${noRow}`,
    from: `api_attempt AS fact INDEXED BY api_attempt_failed ${ofSession}`,
    at: 'fact.at_ns',
    failed: 'fact.success = 0',
  },
  turn: {
    columns: `'turn ' || fact.number AS what, coalesce(fact.error, '') AS message, NULL AS callId, fact.number AS turn,
      NULL AS traceId, NULL AS spanId`,
    from: `turn AS fact INDEXED BY turn_failed ${ofSession}`,
    at: 'fact.end_ns',
    failed: 'fact.failed_alone = 1',
  },
  tool: {
    columns: `coalesce(iif(fact.mcp_server IS NULL, '', fact.mcp_server || ' · ') || coalesce(fact.tool, fact.span_tool), 'tool') AS what,
      coalesce(fact.summary, '') AS message, fact.call_id AS callId, NULL AS turn, NULL AS traceId, NULL AS spanId`,
    from: `tool_call AS fact INDEXED BY tool_call_failed ${ofSession}`,
    at: 'fact.at_ns',
    failed: 'fact.success = 0',
  },
  app: {
    columns: `coalesce(fact.model, fact.operation) AS what, coalesce(fact.error_type, '') AS message, NULL AS callId, NULL AS turn,
      fact.trace_id AS traceId, fact.span_id AS spanId`,
    from: `genai_call AS fact ${ofSession}`,
    at: 'fact.start_ns',
    failed: "fact.status = 'failed'",
  },
  log: {
    columns: `(SELECT text FROM name WHERE id = fact.name) AS what, '' AS message, ${noRow}`,
    from: `log AS fact INDEXED BY log_failed LEFT JOIN conversation ON conversation.key = fact.conversation LEFT JOIN session ON session.id = conversation.id`,
    at: 'fact.time_ns',
    failed: 'fact.severity >= 17',
  },
}

/** Whether words in lower case occur in what failed, or in what its session is called by. */
export function mentions(
  { what, message }: Pick<ErrorRow, 'what' | 'message'>,
  session: Called,
  words: string,
): boolean {
  return [what, message, ...Object.values(session)].some(
    (part) => typeof part === 'string' && part.toLowerCase().includes(words),
  )
}

/** Failures over all sessions: of responses, requests, turns that failed without either, tools, applications' model calls, and error records. */
export function exploreErrors(
  db: Db,
  params: ParsedParams<'explore.errors'>,
  silenceMs: number,
): Value<'explore.errors'> {
  const { kinds, text, limit } = params
  const among = sessionsAmong(db, params.filters, silenceMs)
  const bound = { ...nanosecondsOf(params), ...among?.bound }
  const words = text.trim().toLowerCase()
  const calledOf = calledFrom(db)
  const fitting = ({ from, at, failed }: Source): string =>
    `FROM ${from} WHERE ${failed} AND ${at} >= @from AND ${at} < @to AND ${among?.sql ?? '1'}`
  const newest = (source: Source, most: number): StoredRow[] =>
    db
      .prepare<object, StoredRow>(
        `SELECT ${source.at} / 1e6 AS timeMs, session.id AS sessionId, ${source.columns} ${fitting(source)}
         ORDER BY ${source.at} DESC LIMIT ${most}`,
      )
      .all(bound)
  const countOf = (source: Source): number =>
    db
      .prepare<object, number>(`SELECT count(*) FROM (SELECT 1 ${fitting(source)} LIMIT ${mostOfKind + 1})`)
      .pluck()
      .get(bound) ?? 0
  const isWanted = (kind: Kind): boolean => kinds === undefined || kinds.includes(kind)

  /** Without words only rows that may be shown are read: to count the others takes a fraction of that. */
  function look(kind: Kind): Found {
    const rows = isWanted(kind) ? newest(sources[kind], limit) : []
    const count = isWanted(kind) && rows.length < limit ? rows.length : countOf(sources[kind])
    return { kind, rows, count: Math.min(count, mostOfKind), isCut: count > mostOfKind }
  }
  function lookForWords(kind: Kind): Found {
    const rows = newest(sources[kind], mostOfKind + 1)
    const mentioning = rows.slice(0, mostOfKind).filter((row) => mentions(row, calledOf(row.sessionId), words))
    return { kind, rows: mentioning, count: mentioning.length, isCut: rows.length > mostOfKind }
  }

  const found = (Object.keys(sources) as Kind[]).map(words === '' ? look : lookForWords)
  const wanted = found.filter(({ kind }) => isWanted(kind))
  const errors = wanted
    .flatMap(({ kind, rows }) => rows.map((row) => ({ kind, ...row })))
    .sort((a, b) => b.timeMs - a.timeMs)
    .slice(0, limit)
  return {
    errors: errors.map((row) => ({ ...row, session: calledOf(row.sessionId) })),
    kinds: found.map(({ kind, count }) => ({ kind, count })).filter(({ count }) => count > 0),
    truncated: found.some(({ isCut }) => isCut) || wanted.reduce((sum, { count }) => sum + count, 0) > limit,
  }
}
