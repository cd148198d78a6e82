import { summedFields, type SummedField } from '../../model/panels/filter-fields.ts'
import type { Filters } from '../../model/panels/filters.ts'
import type { Db } from '../store/database.ts'

interface DimensionRow {
  id: number
  kind: string
  service: string
  environment: string
  originator: string
  user: string
  project: string
  app_version: string
  terminal: string
  models: string
}

/** Ids of the combinations that the filters let through, as JSON: by everything but the model, and by the model too. */
export interface Dimensions {
  readonly any: string
  readonly ofModels: string
}

export const columnOf: Readonly<Record<Exclude<SummedField, 'model'>, keyof DimensionRow>> = {
  environment: 'environment',
  originator: 'originator',
  source: 'service',
  user: 'user',
  project: 'project',
  appVersion: 'app_version',
  terminal: 'terminal',
}

export function dimensionsOf(db: Db, dashboard: 'codex' | 'genai', filters: Filters): Dimensions {
  const rows = db.prepare<[], DimensionRow>('SELECT * FROM dimension').all()
  const any = rows.filter(
    (row) =>
      (row.kind === 'app') === (dashboard === 'genai') &&
      (filters.helpers || row.kind === 'user' || row.kind === 'app') &&
      summedFields.every((field) => {
        const wanted = field === 'model' ? undefined : filters[field]
        return wanted === undefined || field === 'model' || wanted.includes(String(row[columnOf[field]]))
      }),
  )
  const { model } = filters
  const used = (row: DimensionRow): boolean => {
    const models = JSON.parse(row.models) as string[]
    return models.length === 0 ? (model?.includes('') ?? false) : models.some((name) => model?.includes(name) ?? false)
  }
  return { any: idsOf(any), ofModels: idsOf(model === undefined ? any : any.filter(used)) }
}

function idsOf(rows: readonly DimensionRow[]): string {
  return JSON.stringify(rows.map(({ id }) => id))
}
