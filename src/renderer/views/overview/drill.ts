import type { RouteLocationRaw } from 'vue-router'
import type { Filters } from '../../../model/panels/filters.ts'
import { sessionColumns } from '../../../model/panels/session-columns.ts'
import { viewOf, type PanelEntry, type Row } from '../../charts/rows.ts'
import { noFilters } from '../../filters/filter-query.ts'
import { customRange, type Range } from '../../range/range.ts'
import { scopeQuery } from '../../range/use-scope.ts'
import { routeNames } from '../../router-names.ts'
import { figureQuery, type RowValues } from '../explore/figures/figure-query.ts'
import { sessionAtSpan, sessionLink } from '../explore/session-link.ts'

/** What a place of a panel stands for: when, which figure, and of which rows. */
export interface Place {
  readonly range: Range
  readonly filters: Filters
  /** Left out: the panel's first. */
  readonly figure?: string | undefined
  readonly of?: RowValues | undefined
}

const words = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The values of a row that tell it apart from the others. */
export function valuesOf({ by }: PanelEntry, row: Row): RowValues {
  return Object.fromEntries(
    by.flatMap((column) => {
      const value = row[column]
      return typeof value === 'string' || typeof value === 'number' ? [[column, [value]]] : []
    }),
  )
}

/** Where a click on a panel leads: to what its figure is made of, one by one; for a metric to its series, for a list to the list. */
export function drillTo(entry: PanelEntry, { range, filters, figure, of = {} }: Place): RouteLocationRaw {
  const scope = scopeQuery(range, filters)
  if (entry.list !== undefined) return { path: '/explore', query: { ...scope, tab: entry.list } }
  const column = figure !== undefined && entry.behind[figure] ? figure : Object.keys(entry.behind)[0]
  const behind = column === undefined ? undefined : entry.behind[column]
  if (column === undefined || behind === undefined) return { name: routeNames.sessions, query: scope }
  if (behind.is === 'metric') return { path: '/explore', query: { ...scope, tab: 'metrics', metric: behind.name } }
  return {
    path: '/explore',
    query: { ...scope, tab: 'figures', ...figureQuery({ panel: entry.id, figure: column, of }) },
  }
}

/**
 * Where a cell of a table leads: a session's id to that session, a figure to what it is made of, the first cell of a row to the session
 * or the record that the row is, else to what its first figure is made of.
 */
export function cellLink(
  entry: PanelEntry,
  place: Place & { readonly row: Row },
  cell: { readonly column: string; readonly isFirst: boolean },
): RouteLocationRaw | null {
  const { row } = place
  const isTable = viewOf(entry).kind === 'table'
  const record = isTable && cell.isFirst && entry.list === 'logs' ? recordLink(row) : null
  if (record !== null) return record
  const session = isTable
    ? words(row[sessionColumns.includes(cell.column) ? cell.column : cell.isFirst ? 'sessionId' : ''])
    : null
  if (session) {
    const [traceId, spanId] = [words(row['traceId']), words(row['spanId'])]
    // A failure of which only a log tells has no trace.
    return traceId && spanId ? sessionAtSpan(session, traceId, spanId) : sessionLink(session)
  }
  const figure = entry.behind[cell.column] ? cell.column : undefined
  if (figure === undefined && !(isTable && cell.isFirst)) return null
  return drillTo(entry, { ...place, figure, of: valuesOf(entry, row) })
}

/** One log record, opened among those of its second and its event. */
function recordLink(row: Row): RouteLocationRaw | null {
  const atMs = row['atMs']
  const event = words(row['event'])
  const range = typeof atMs === 'number' ? customRange(atMs, atMs + 1000) : null
  if (range === null || event === null) return null
  return { path: '/explore', query: { ...scopeQuery(range, noFilters), tab: 'logs', event, at: String(atMs) } }
}
