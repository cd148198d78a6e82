import type { BoundField, FilterField, Filters, SummedField } from '../../model/panels/filters.ts'
import { branchSql, placeSql } from './repositories.ts'

/**
 * What filters ask of a session beside the values that facts are summed up by: each as SQL over `session`, spelled here alone.
 * Parameters: `:NAME` for a field's values as JSON, `:NAME_from` and `:NAME_to` for its bounds; `:nowNs` and `:silenceNs` for its state.
 */

/** As `model/session/state.ts` says it, which a test holds them both to. */
export const stateSql = `CASE
    WHEN end_state = 'unknown' THEN 'unknown'
    WHEN end_state = 'open' THEN iif(:nowNs - last_ns > :silenceNs, 'lost', 'live')
    WHEN end_state = 'unfinished' THEN 'lost'
    WHEN end_state IN ('interrupted', 'failed') THEN end_state
    WHEN end_state = 'idle' THEN iif(:nowNs - last_ns > :silenceNs, 'done', 'live')
    ELSE 'done' END`

/** As the list shows it: what has not arrived yet is no difference. */
export const witnessSql = `iif(differences <> '[]' AND (${stateSql}) <> 'live', 'differ', witness)`

/** What the user says of a session holds for the helpers below it. */
const withHelpers = (marked: string): string => `session.id IN (
    WITH RECURSIVE family (id) AS (${marked}
      UNION SELECT below.id FROM family JOIN session AS below ON below.parent_id = family.id)
    SELECT id FROM family)`

const among = (column: string, field: string): string => `${column} IN (SELECT value FROM json_each(:${field}))`

type ValueField = Exclude<FilterField, SummedField | 'decidedBy'>

export const valuePredicates: Readonly<Record<ValueField, string>> = {
  host: among("coalesce(host, '')", 'host'),
  repository: among(placeSql, 'repository'),
  branch: among(branchSql, 'branch'),
  effort: among("coalesce(effort, '')", 'effort'),
  state: among(stateSql, 'state'),
  // Both are asked of one decision.
  decision: `EXISTS (SELECT 1 FROM decision WHERE session_id = session.id
    AND (:decision IS NULL OR ${among('decision.decision', 'decision')})
    AND (:decidedBy IS NULL OR ${among("lower(coalesce(decision.source, ''))", 'decidedBy')}))`,
  witness: among(witnessSql, 'witness'),
  tag: `(${withHelpers(`SELECT session_id FROM user_tag WHERE ${among('tag', 'tag')}`)}
    OR (EXISTS (SELECT 1 FROM json_each(:tag) WHERE value = '') AND NOT ${withHelpers('SELECT session_id FROM user_tag')}))`,
}

export const starredPredicate = withHelpers('SELECT session_id FROM user_mark WHERE starred = 1')

/** The n-th of them, which `:attribute` holds as JSON. */
const attributePredicate = (n: number): string => `session.id IN (SELECT session_id FROM session_attribute
    WHERE key = :attribute ->> '$[${n}].key' AND value = :attribute ->> '$[${n}].value')`

/** In whole milliseconds, as panels count them, so that a bar and its sessions are the same. */
export const boundColumns: Readonly<Record<BoundField, string>> = {
  errors: 'errors',
  duration: '(last_ns - first_ns) / 1000000',
  busy: '(busy_ns + coalesce(max(0, last_ns - open_since_ns), 0)) / 1000000',
  cost: 'cost_usd',
}

/** The conditions of the filters that ask for one. */
export function predicatesOf(filters: Filters): readonly string[] {
  const asksDecision = filters.decision !== undefined || filters.decidedBy !== undefined
  const bounded = (Object.entries(boundColumns) as [BoundField, string][]).flatMap(([field, column]) => {
    const { atLeast, atMost } = filters[field] ?? {}
    return [
      ...(atLeast === undefined ? [] : [`${column} >= :${field}_from`]),
      ...(atMost === undefined ? [] : [`${column} <= :${field}_to`]),
    ]
  })
  const valued = (Object.entries(valuePredicates) as [ValueField, string][])
    .filter(([field]) => (field === 'decision' ? asksDecision : filters[field] !== undefined))
    .map(([, sql]) => sql)
  const attributes = (filters.attribute ?? []).map((_, i) => attributePredicate(i))
  return [...attributes, ...bounded, ...(filters.starred ? [starredPredicate] : []), ...valued]
}
