import { summedFields, type SummedField } from '../../model/panels/filter-fields.ts'
import type { Filters } from '../../model/panels/filters.ts'
import type { Db } from '../store/database.ts'

/** Ids of the combinations that the filters let through, as JSON: by everything but the model, and by the model too. */
export interface Dimensions {
  readonly any: string
  readonly ofModels: string
}

export const columnOf = {
  environment: 'environment',
  originator: 'originator',
  source: 'service',
  user: 'user',
  project: 'project',
  appVersion: 'app_version',
  terminal: 'terminal',
} as const satisfies Readonly<Record<Exclude<SummedField, 'model'>, string>>

const narrowed = summedFields.filter((field) => field !== 'model')
const fits = `(kind = 'app') = @apps AND (@helpers OR kind IN ('user', 'app'))
  ${narrowed.map((field) => `AND (@${field} IS NULL OR ${columnOf[field]} IN (SELECT value FROM json_each(@${field})))`).join(' ')}`
/** A combination without a model is that of calls that name none. */
const ofModel = `EXISTS (SELECT 1 FROM json_each(iif(models = '[]', '[""]', models)) AS used
  WHERE used.value IN (SELECT value FROM json_each(@model)))`

/** In SQL, for of thousands of combinations only their ids are wanted. */
export function dimensionsOf(db: Db, dashboard: 'codex' | 'genai', filters: Filters): Dimensions {
  const values = narrowed.map((field): [string, string | null] => [field, listOf(filters[field])])
  const bound: Readonly<Record<string, string | number | null>> = {
    apps: Number(dashboard === 'genai'),
    helpers: Number(filters.helpers),
    ...Object.fromEntries(values),
  }
  const ids = (where: string, given: object): string =>
    db
      .prepare<object, string>(`SELECT json_group_array(id) FROM (SELECT id FROM dimension WHERE ${where} ORDER BY id)`)
      .pluck()
      .get(given) ?? '[]'
  const any = ids(fits, bound)
  const { model } = filters
  return {
    any,
    ofModels: model === undefined ? any : ids(`${fits} AND ${ofModel}`, { ...bound, model: listOf(model) }),
  }
}

function listOf(values: readonly string[] | undefined): string | null {
  return values === undefined ? null : JSON.stringify(values)
}
