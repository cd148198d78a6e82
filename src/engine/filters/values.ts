import type { ParsedParams, Value } from '../../contract/index.ts'
import { filterFields, type FilterField, type SummedField } from '../../model/panels/filters.ts'
import { columnOf } from '../panels/dimensions.ts'
import type { Db } from '../store/database.ts'
import { stateSql, witnessSql } from './predicates.ts'
import { branchSql, placeNames, placeSql } from './repositories.ts'

type FieldValue = Value<'filter.values'>['fields'][number]['values'][number]

const mostValues = 500

/** Of each field the SELECT of pairs, value and how many sessions have it, among `ranged`, the sessions of the range. */
const selects: Readonly<Record<FilterField, string>> = {
  model:
    'SELECT model.value, sum(sessions) FROM counted JOIN dimension USING (id) JOIN json_each(dimension.models) AS model',
  ...(Object.fromEntries(
    Object.entries(columnOf).map(([field, column]) => [
      field,
      `SELECT dimension.${column}, sum(sessions) FROM counted JOIN dimension USING (id)`,
    ]),
  ) as Readonly<Record<Exclude<SummedField, 'model'>, string>>),
  host: "SELECT coalesce(host, ''), count(*) FROM ranged",
  repository: `SELECT ${placeSql}, count(*) FROM ranged AS session`,
  branch: `SELECT ${branchSql}, count(*) FROM ranged AS session`,
  effort: "SELECT coalesce(effort, ''), count(*) FROM ranged",
  state: `SELECT ${stateSql}, count(*) FROM ranged`,
  decision: 'SELECT decision, count(DISTINCT session_id) FROM ranged JOIN decision ON session_id = ranged.id',
  decidedBy:
    "SELECT lower(coalesce(decision.source, '')), count(DISTINCT session_id) FROM ranged JOIN decision ON session_id = ranged.id",
  witness: `SELECT ${witnessSql}, count(*) FROM ranged`,
  tag: 'SELECT tag, count(*) FROM ranged JOIN user_tag ON session_id = ranged.id',
}

const attributeSelect = `SELECT key, value, count(*) FROM ranged JOIN session_attribute ON session_id = ranged.id
  GROUP BY key, value ORDER BY count(*) DESC, key, value LIMIT ${mostValues}`

/** Values of the filter fields among the sessions of a range, each with how many sessions have it. */
export function filterValues(
  db: Db,
  { fromMs, toMs, fields = [...filterFields, 'attribute'] }: ParsedParams<'filter.values'>,
  silenceMs: number,
): Value<'filter.values'> {
  const bound = {
    from: BigInt(Math.ceil(fromMs)) * 1_000_000n,
    to: BigInt(Math.ceil(toMs)) * 1_000_000n,
    nowNs: BigInt(Date.now()) * 1_000_000n,
    silenceNs: BigInt(Math.ceil(silenceMs)) * 1_000_000n,
  }
  const sources = `WITH ranged AS (SELECT * FROM session INDEXED BY session_last WHERE last_ns >= :from AND first_ns < :to),
    counted AS (SELECT dimension AS id, count(*) AS sessions FROM ranged GROUP BY dimension)`
  const ask = (field: FilterField): FieldValue[] =>
    db
      .prepare<object, [string, number]>(
        `${sources} ${selects[field]} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${mostValues}`,
      )
      .raw()
      .all(bound)
      .map(([value, sessions]) => ({ value, sessions }))
  /** By their names: one repository is reached by several addresses. */
  const repositories = (): FieldValue[] => {
    const byName = new Map<string, number>()
    const nameOf = placeNames(db)
    for (const { value, sessions } of ask('repository')) {
      const name = nameOf(value)
      byName.set(name, (byName.get(name) ?? 0) + sessions)
    }
    return [...byName].map(([value, sessions]) => ({ value, sessions })).sort((a, b) => b.sessions - a.sessions)
  }
  const attributes = new Map<string, FieldValue[]>()
  if (fields.includes('attribute'))
    for (const [key, value, sessions] of db
      .prepare<object, [string, string, number]>(`${sources} ${attributeSelect}`)
      .raw()
      .all(bound)) {
      const values = attributes.get(key) ?? []
      attributes.set(key, values)
      values.push({ value, sessions })
    }
  return {
    fields: filterFields
      .filter((field) => fields.includes(field))
      .map((field) => ({
        field,
        values: field === 'repository' ? repositories() : ask(field),
      })),
    attributes: [...attributes].map(([key, values]) => ({ key, values })),
  }
}
