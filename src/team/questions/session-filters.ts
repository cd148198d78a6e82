import {
  boundFields,
  filterFields,
  type BoundField,
  type FilterField,
  type Filters,
  type SummedField,
} from '../../model/panels/filters.ts'
import type { Params } from '../connection.ts'

/** What filters ask of a session, in ClickHouse's words over `colophon_sessions`; `engine/filters/predicates.ts` has SQLite's. */
const summed: Readonly<Record<Exclude<SummedField, 'model'>, string>> = {
  environment: 'environment',
  originator: 'originator',
  source: 'service',
  user: 'user',
  project: 'folder',
  appVersion: 'app_version',
  terminal: 'terminal',
}

const among = (expression: string, field: FilterField): string => `${expression} IN {${field}:Array(String)}`
const said = (column: string): string => `ifNull(${column}, '')`

const models = "JSONExtract(models, 'Array(String)')"

/** As `model/session/state.ts` says it. */
const state = `multiIf(end_state = 'unknown', 'unknown',
  end_state = 'open', if({nowNs:Int64} - last_ns > {silenceNs:Int64}, 'lost', 'live'),
  end_state = 'unfinished', 'lost', end_state IN ('interrupted', 'failed'), end_state,
  end_state = 'idle', if({nowNs:Int64} - last_ns > {silenceNs:Int64}, 'done', 'live'), 'done')`

/** Of the session's own revision: rows of others are not what is shown. */
export const having = (table: string, condition: string): string =>
  `(id, revision) IN (SELECT session_id, revision FROM ${table} WHERE ${condition})`

const valued: Readonly<Record<Exclude<FilterField, 'decidedBy' | keyof typeof summed>, string>> = {
  model: `if(empty(${models}), has({model:Array(String)}, ''), hasAny(${models}, {model:Array(String)}))`,
  host: among(said('host'), 'host'),
  // Of repositories only session files tell, which lie at home.
  repository: among(said('folder'), 'repository'),
  branch: "has({branch:Array(String)}, '')",
  effort: among(said('effort'), 'effort'),
  state: among(state, 'state'),
  decision: among('decision', 'decision'),
  witness: "has({witness:Array(String)}, 'telemetry')",
  // Names, stars and tags are a user's own, and lie at home.
  tag: "has({tag:Array(String)}, '')",
}

const bounds: Readonly<Record<BoundField, string>> = {
  errors: 'errors',
  duration: 'intDiv(last_ns - first_ns, 1000000)',
  busy: 'intDiv(busy_ns + ifNull(greatest(0, last_ns - open_since_ns), 0), 1000000)',
  cost: 'cost_usd',
}

/** The conditions of the filters that ask for one. */
export function conditionsOf(filters: Filters): readonly string[] {
  const { decision, decidedBy, attribute = [] } = filters
  const decided = [
    ...(decision === undefined ? [] : [valued.decision]),
    ...(decidedBy === undefined ? [] : [among(`lower(${said('source')})`, 'decidedBy')]),
  ]
  const asked = (field: string): boolean => filters[field as FilterField] !== undefined && field !== 'decision'
  return [
    ...Object.entries(summed).flatMap(([field, column]) =>
      asked(field) ? [among(said(column), field as SummedField)] : [],
    ),
    ...Object.entries(valued).flatMap(([field, sql]) => (asked(field) ? [sql] : [])),
    ...(decided.length === 0 ? [] : [having('colophon_decisions', decided.join(' AND '))]),
    ...Object.entries(bounds).flatMap(([field, expression]) => {
      const { atLeast, atMost } = filters[field as BoundField] ?? {}
      return [
        ...(atLeast === undefined ? [] : [`${expression} >= {${field}From:Float64}`]),
        ...(atMost === undefined ? [] : [`${expression} <= {${field}To:Float64}`]),
      ]
    }),
    ...attribute.map((_, i) =>
      having('colophon_session_attributes', `key = {key${String(i)}:String} AND value = {value${String(i)}:String}`),
    ),
    ...(filters.starred ? ['false'] : []),
  ]
}

export function paramsOfFilters(filters: Filters, nowMs: number, silenceMs: number): Params {
  const bound: Record<string, unknown> = {
    nowNs: String(BigInt(nowMs) * 1_000_000n),
    silenceNs: String(BigInt(Math.ceil(silenceMs)) * 1_000_000n),
  }
  for (const field of filterFields) if (filters[field] !== undefined) bound[field] = filters[field]
  for (const field of boundFields) {
    const { atLeast, atMost } = filters[field] ?? {}
    if (atLeast !== undefined) bound[`${field}From`] = atLeast
    if (atMost !== undefined) bound[`${field}To`] = atMost
  }
  for (const [i, { key, value }] of (filters.attribute ?? []).entries()) {
    bound[`key${String(i)}`] = key
    bound[`value${String(i)}`] = value
  }
  return bound
}
