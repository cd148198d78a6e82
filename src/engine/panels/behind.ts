import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Facts } from '../../model/panels/behind.ts'
import { panels } from '../../model/panels/index.ts'
import { calledFrom } from '../queries/called.ts'
import type { Db } from '../store/database.ts'
import { factsSql } from './fact-rows.ts'
import { bindingsOf, sourcesOf } from './statement.ts'

type Result = Value<'panel.behind'>

/**
 * What a figure of a panel counts, one by one, or its sessions with what each adds. The page names the panel, the column and the row;
 * which facts these are is said by the panel's definition.
 */
export function panelBehind(db: Db, params: ParsedParams<'panel.behind'>, silenceMs: number): Result {
  const panel = panels.find(({ id }) => id === params.panel)
  if (panel === undefined) throw new ProcedureError('not_found', `there is no panel ${params.panel}`)
  const behind = panel.behind?.[params.figure]
  if (behind === undefined || behind.is === 'metric')
    throw new ProcedureError('not_found', `nothing single is behind ${params.figure} of ${params.panel}`)
  const { fromMs, toMs } = params
  if (!(fromMs < toMs))
    throw new ProcedureError('bad_request', 'the range ends before it begins: fromMs must be less than toMs')
  const by = Object.entries(params.by)
  const unknown = by.find(([column]) => !panel.by?.includes(column))
  if (unknown) throw new ProcedureError('bad_request', `rows of ${params.panel} are not told apart by ${unknown[0]}`)

  const sql = behindSql(
    behind.facts,
    by.map(([column]) => column),
  )
  const range = { ...params, fromMs: panel.lastMs === undefined ? fromMs : Math.max(0, toMs - panel.lastMs) }
  const bound = {
    ...bindingsOf(db, { dashboard: panel.dashboard, sql }, range, { cuts: 'everywhere', silenceMs }),
    ...Object.fromEntries(by.map(([column, values]) => [`by_${column}`, JSON.stringify(values)])),
    limit: params.limit,
  }
  const whole = db
    .prepare<object, { total: number; sum: number | null; sessions: number }>(
      `${sql} SELECT count(*) AS total, sum(value) AS sum, count(DISTINCT fact_session) AS sessions FROM behind`,
    )
    .get(bound)
  const calledOf = calledFrom(db)
  const order = params.order === 'value' ? 'value DESC, timeMs DESC' : 'timeMs DESC'
  return {
    is: behind.is,
    unit: behind.facts[0]?.unit ?? 'count',
    total: whole?.total ?? 0,
    sum: whole?.sum ?? 0,
    sessions: whole?.sessions ?? 0,
    rows: db
      .prepare<object, Omit<Result['rows'][number], 'session'>>(
        `${sql} ${params.each === 'session' ? eachSession : eachFact} ORDER BY ${order} LIMIT :limit`,
      )
      .all(bound)
      .map((row) => ({ ...row, session: calledOf(row.sessionId) })),
  }
}

const eachFact = `SELECT fact_kind AS kind, fact_ns / 1e6 AS timeMs, fact_session AS sessionId, fact_what AS what,
  fact_detail AS detail, fact_call AS callId, fact_turn AS turn, fact_trace AS traceId, fact_span AS spanId, value, 1 AS facts
  FROM behind`

const eachSession = `SELECT max(fact_kind) AS kind, max(fact_ns) / 1e6 AS timeMs, fact_session AS sessionId, '' AS what,
  '' AS detail, NULL AS callId, NULL AS turn, NULL AS traceId, NULL AS spanId, sum(value) AS value, count(*) AS facts
  FROM behind GROUP BY fact_session`

/** The sources and `behind`, all facts of the figure, each with its value. */
function behindSql(facts: readonly Facts[], by: readonly string[]): string {
  const selects = facts.map(
    ({
      from,
      where,
      value,
      by: of,
      each = {},
    }) => `SELECT fact_kind, fact_ns, fact_session, fact_what, fact_detail, fact_call, fact_turn,
    fact_trace, fact_span, ${value} AS value
  FROM facts_${from} WHERE (${where})${by.map((column) => ` AND ${isOf(column, of[column] ?? column, each[column])}`).join('')}`,
  )
  const all = selects.join('\n  UNION ALL ')
  const from = [...new Set(facts.map((part) => part.from))]
  return `WITH ${[
    sourcesOf(from.map((name) => `FROM ${name}`).join(' ')),
    ...from.map(factsSql),
    `behind AS MATERIALIZED (\n  ${all}\n)`,
  ].join(',\n')}`
}

/** Whether a fact is of a row of these values. */
function isOf(column: string, value: string, each: string | undefined): string {
  const wanted = `IN (SELECT value FROM json_each(:by_${column}))`
  return each === undefined
    ? `(${value}) ${wanted}`
    : `EXISTS (SELECT 1 FROM json_each(${each}) AS one WHERE one.value ${wanted})`
}
