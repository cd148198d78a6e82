import type { NamedSpending, Spending, SpendingBy } from '../../contract/commands.ts'
import { nextMidnight } from '../alerts/periods.ts'
import { addBucketStart } from '../panels/bucket-start.ts'
import { factsSql } from '../panels/fact-rows.ts'
import { bindingsOf, sourcesOf, statementOf } from '../panels/statement.ts'
import type { Db } from '../store/database.ts'

export interface Range {
  readonly fromMs: number
  readonly toMs: number
}

const sums = `coalesce(sum(completed), 0) AS calls, coalesce(sum(unpriced), 0) AS unpricedCalls, coalesce(sum(input), 0) AS input,
  coalesce(sum(cached), 0) AS cached, coalesce(sum(output), 0) AS output, coalesce(sum(reasoning), 0) AS reasoning,
  sum(cost_usd) AS costUsd`
const filters = { helpers: true }

/** What model calls of Codex used, helpers counted as well; read from the sums of hours, so that a month takes no longer than a day. */
export function spendingIn(db: Db, range: Range): Spending {
  const sql = `SELECT ${sums} FROM calls`
  const bound = bindingsOf(db, { dashboard: 'codex', sql }, { ...range, filters }, { cuts: [], silenceMs: 0 })
  return db.prepare<object, Spending>(statementOf({ sql })).get(bound) ?? nothing
}

const nothing: Spending = {
  calls: 0,
  unpricedCalls: 0,
  input: 0,
  cached: 0,
  output: 0,
  reasoning: 0,
  costUsd: null,
}

/** Days in their order, by this machine's clock and without those of no call; everything else the dearest first. */
export function spendingBy(db: Db, by: SpendingBy, range: Range): readonly NamedSpending[] {
  if (by === 'day') return spendingByDay(db, range)
  if (by === 'session') return spendingBySession(db, range)
  const sql = by === 'model' ? byModel : byProject
  const bound = bindingsOf(db, { dashboard: 'codex', sql }, { ...range, filters }, { cuts: [], silenceMs: 0 })
  return db.prepare<object, NamedSpending>(sql).all(bound)
}

const dearest = 'HAVING sum(completed) > 0 ORDER BY costUsd IS NULL, costUsd DESC, name'
const byModel = statementOf({
  sql: `SELECT iif(model = '', '(unknown)', model) AS name, NULL AS sessionId, ${sums} FROM calls GROUP BY model ${dearest}`,
})
const byProject = statementOf({
  sql: `SELECT iif(project = '', '(unknown)', project) AS name, NULL AS sessionId, ${sums}
    FROM calls JOIN dimension ON dimension.id = calls.dimension GROUP BY project ${dearest}`,
})

/** Sessions whose own sums are those of another range, or behind their facts. */
const cutSessions = `SELECT json_group_array(id) FROM session INDEXED BY session_last
  WHERE last_ns >= :fromNs AND first_ns < :toNs
    AND (first_ns < :fromNs OR last_ns >= :toNs OR id IN (SELECT session_id FROM unsettled UNION ALL SELECT session_id FROM settling))`
/** Sums of hours know no session, but a session has its own. */
const bySession = `WITH ${[sourcesOf('FROM calls'), factsSql('calls')].join(',\n')}
  SELECT * FROM (
  SELECT fact_session AS name, fact_session AS sessionId, ${sums}
  FROM facts_calls GROUP BY fact_session HAVING sum(completed) > 0
  UNION ALL
  SELECT id, id, api_calls, unpriced_calls, input_tokens, cached_tokens, output_tokens, reasoning_tokens, cost_usd
  FROM session INDEXED BY session_last
  WHERE last_ns >= :fromNs AND last_ns < :toNs AND first_ns >= :fromNs AND api_calls > 0
    AND dimension IN (SELECT value FROM json_each(:dimensions)) AND id NOT IN (SELECT value FROM json_each(:sessions))
  ) ORDER BY costUsd IS NULL, costUsd DESC, name`

function spendingBySession(db: Db, range: Range): readonly NamedSpending[] {
  const asked = { dashboard: 'codex', sql: bySession } as const
  const bound = bindingsOf(db, asked, { ...range, filters }, { cuts: 'everywhere', silenceMs: 0 })
  const sessions = db.prepare<object, string>(cutSessions).pluck().get(bound)
  return db.prepare<object, NamedSpending>(bySession).all({ ...bound, sessions })
}

const byDay = statementOf({
  sql: `SELECT bucket_start(at_ms) AS startMs, ${sums} FROM calls GROUP BY startMs ORDER BY startMs`,
})

function spendingByDay(db: Db, range: Range): readonly NamedSpending[] {
  const edges = midnightsOf(range)
  addBucketStart(db)(edges)
  const bound = bindingsOf(db, { dashboard: 'codex', sql: byDay }, { ...range, filters }, { cuts: edges, silenceMs: 0 })
  return db
    .prepare<object, Spending & { readonly startMs: number }>(byDay)
    .all(bound)
    .filter(({ calls }) => calls > 0)
    .map(({ startMs, ...spending }) => ({ name: dateOf(startMs), sessionId: null, ...spending }))
}

/** Where the range and each of its days begin, and where it ends. */
function midnightsOf({ fromMs, toMs }: Range): readonly number[] {
  const edges = [fromMs]
  for (let at = nextMidnight(fromMs); at < toMs; at = nextMidnight(at)) edges.push(at)
  return [...edges, toMs]
}

function dateOf(ms: number): string {
  const date = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
