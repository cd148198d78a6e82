import {
  boundFields,
  filterFields,
  type AttributeFilter,
  type BoundField,
  type FilterField,
  type Filters,
  type NumberBounds,
} from '../../model/panels/filters.ts'
import type { Query } from '../range/range.ts'

export const noFilters: Filters = { helpers: true }

/** How the fields are called where they are chosen. */
export const fieldNames: Readonly<Record<FilterField | BoundField | 'attribute', string>> = {
  model: 'Model',
  environment: 'Environment',
  originator: 'Originator',
  source: 'Source',
  user: 'User',
  project: 'Project',
  appVersion: 'App version',
  terminal: 'Terminal',
  host: 'Host',
  repository: 'Repository',
  branch: 'Branch',
  effort: 'Effort',
  state: 'State',
  decision: 'Decision',
  decidedBy: 'Decided by',
  witness: 'Witness',
  tag: 'Tag',
  attribute: 'Attribute',
  errors: 'Errors',
  duration: 'Duration',
  busy: 'Busy time',
  cost: 'Cost',
}

type QueryValue = Query[string]

/** A key without a value and one with an empty one are the same: "not set". */
function textsOf(given: QueryValue, longest: number): string[] {
  const all = given === undefined ? [] : Array.isArray(given) ? given : [given]
  return [...new Set(all.map((value) => String(value ?? '').slice(0, longest)))]
}

/** `2..`, `..0` and `600000..1200000`, both ends included; undefined for what is none. */
export function readBounds(text: string): NumberBounds | undefined {
  const ends = /^(\d+(?:\.\d+)?)?\.\.(\d+(?:\.\d+)?)?$/.exec(text)
  const [atLeast, atMost] = [ends?.[1], ends?.[2]].map((end) => (end === undefined ? undefined : Number(end)))
  return boundsOf(atLeast, atMost)
}

/** undefined where neither end is given. */
export function boundsOf(atLeast: number | undefined, atMost: number | undefined): NumberBounds | undefined {
  if (atLeast === undefined && atMost === undefined) return undefined
  return { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) }
}

export function writeBounds({ atLeast, atMost }: NumberBounds): string {
  return `${atLeast ?? ''}..${atMost ?? ''}`
}

/** `branch=main`: the key ends at the first sign of equality. */
export function readAttribute(text: string): AttributeFilter | undefined {
  const at = text.indexOf('=')
  return at < 1 ? undefined : { key: text.slice(0, Math.min(at, 500)), value: text.slice(at + 1, at + 2001) }
}

export const writeAttribute = ({ key, value }: AttributeFilter): string => `${key}=${value}`

/** The filters that a link names: a key for each value, `helpers=off` where helpers do not count. */
export function readFilters(query: Query): Filters {
  const chosen = filterFields.flatMap((field) => {
    const values = textsOf(query[field], 1000)
    return values.length === 0 ? [] : [[field, values.slice(0, 200)] as const]
  })
  const bounded = boundFields.flatMap((field) => {
    const bounds = readBounds(textsOf(query[field], 100)[0] ?? '')
    return bounds === undefined ? [] : [[field, bounds] as const]
  })
  const attribute = textsOf(query['attribute'], 2500).flatMap((text) => readAttribute(text) ?? [])
  return {
    ...Object.fromEntries(chosen),
    ...Object.fromEntries(bounded),
    ...(attribute.length === 0 ? {} : { attribute: attribute.slice(0, 20) }),
    ...('starred' in query ? { starred: true as const } : {}),
    helpers: query['helpers'] !== 'off',
  }
}

export function writeFilters(filters: Filters): Readonly<Record<string, string | string[]>> {
  const chosen = filterFields.flatMap((field) => {
    const values = filters[field]
    return values === undefined ? [] : [[field, [...values]] as const]
  })
  const bounded = boundFields.flatMap((field) => {
    const bounds = filters[field]
    return bounds === undefined ? [] : [[field, writeBounds(bounds)] as const]
  })
  return {
    ...Object.fromEntries(chosen),
    ...Object.fromEntries(bounded),
    ...(filters.attribute === undefined ? {} : { attribute: filters.attribute.map(writeAttribute) }),
    ...(filters.starred ? { starred: 'yes' } : {}),
    ...(filters.helpers ? {} : { helpers: 'off' }),
  }
}

/** The keys of a link that hold the filters. */
export const filterKeys = [...filterFields, ...boundFields, 'attribute', 'starred', 'helpers'] as const

/** The same with one field narrowed to this, or to nothing. */
export function withField<F extends keyof Filters>(filters: Filters, field: F, value: Filters[F] | undefined): Filters {
  const { [field]: _before, ...rest } = filters
  return { ...rest, helpers: filters.helpers, ...(value === undefined ? {} : { [field]: value }) }
}

/** What is chosen of a list; nothing chosen narrows nothing. */
export function someOf<T>(values: readonly T[]): T[] | undefined {
  return values.length === 0 ? undefined : [...values]
}

/** What an empty value is called: the session did not say. */
export function valueName(value: string): string {
  return value === '' ? 'not set' : value
}
