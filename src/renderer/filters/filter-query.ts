import { filterFields, type FilterField, type Filters } from '../../model/panels/filters.ts'
import type { Query } from '../range/range.ts'

export const noFilters: Filters = { helpers: true }

/** How the fields are called where they are chosen. */
export const fieldNames: Readonly<Record<FilterField, string>> = {
  model: 'Model',
  environment: 'Environment',
  originator: 'Originator',
  source: 'Source',
  user: 'User',
  project: 'Project',
  appVersion: 'App version',
}

/** The filters that a link names: a key for each value, `helpers=off` where helpers do not count. */
export function readFilters(query: Query): Filters {
  const chosen = filterFields.flatMap((field) => {
    const given = query[field]
    if (given === undefined) return []
    // A key without a value and one with an empty one are the same: "not said".
    const values = [
      ...new Set((Array.isArray(given) ? given : [given]).map((value) => String(value ?? '').slice(0, 1000))),
    ]
    return values.length === 0 ? [] : [[field, values.slice(0, 200)] as const]
  })
  return { ...Object.fromEntries(chosen), helpers: query['helpers'] !== 'off' }
}

export function writeFilters(filters: Filters): Readonly<Record<string, string | string[]>> {
  const chosen = filterFields.flatMap((field) => {
    const values = filters[field]
    return values === undefined ? [] : [[field, [...values]] as const]
  })
  return { ...Object.fromEntries(chosen), ...(filters.helpers ? {} : { helpers: 'off' }) }
}

/** The keys of a link that hold the filters. */
export const filterKeys = [...filterFields, 'helpers'] as const

/** The same with one field narrowed to these values, or to nothing where there are none. */
export function withField(filters: Filters, field: FilterField, values: readonly string[]): Filters {
  const { [field]: _before, ...others } = filters
  return values.length === 0 ? others : { ...others, [field]: [...values] }
}

export function isNarrowed(filters: Filters): boolean {
  return !filters.helpers || filterFields.some((field) => filters[field] !== undefined)
}

/** What an empty value is called: the session did not say. */
export function valueName(value: string): string {
  return value === '' ? 'not said' : value
}
