import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import type { FilterField, Filters } from '../../../model/panels/filters.ts'
import { viewOf, type PanelEntry, type Row } from '../../charts/rows.ts'
import { sessionColumns } from '../../charts/table.ts'
import { noFilters, withField } from '../../filters/filter-query.ts'
import { customRange, type Range } from '../../range/range.ts'
import { scopeQuery } from '../../range/use-scope.ts'
import { routeNames } from '../../router-names.ts'

/** Columns of rows that name what a filter can narrow to. */
const fieldOf: Readonly<Record<string, FilterField>> = {
  model: 'model',
  environment: 'environment',
  originator: 'originator',
  source: 'source',
  service: 'source',
  user: 'user',
  project: 'project',
  appVersion: 'appVersion',
}

/** What a place of a panel stands for: when, and which group. */
export interface Place {
  readonly range: Range
  readonly filters: Filters
  readonly row?: Row
}

const words = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Filters narrowed to what a row names, and the tool that it names. */
export function narrowed(filters: Filters, row: Row): { readonly filters: Filters; readonly tool: string | null } {
  let next = filters
  for (const [column, field] of Object.entries(fieldOf)) {
    const value = words(row[column])
    // A reader's word for an empty value stands in its place in some rows.
    if (value !== null) next = withField(next, field, [value === 'this machine' ? '' : value])
  }
  const tool = words(row['tool'])
  // All tools of an MCP server together are no tool.
  return { filters: next, tool: tool?.startsWith('MCP ') ? null : tool }
}

/** Where a click on a panel leads: to the sessions behind it, or, for errors and logs, to their records. */
export function drillTo(entry: PanelEntry, { range, filters, row }: Place, hasExplore: boolean): RouteLocationRaw {
  const { filters: only, tool } = row ? narrowed(filters, row) : { filters, tool: null }
  const query: LocationQueryRaw = scopeQuery(range, only)
  if (hasExplore && (entry.drill === 'errors' || entry.drill === 'logs')) {
    const text = row ? (words(row['status']) ?? words(row['error'])) : null
    return { path: '/explore', query: { ...query, tab: entry.drill, ...(text ? { text } : {}) } }
  }
  return { name: routeNames.sessions, query: { ...query, ...(tool ? { tool } : {}), ...ofApps(entry) } }
}

function ofApps({ dashboard }: PanelEntry): LocationQueryRaw {
  return dashboard === 'genai' ? { apps: 'genai' } : {}
}

/**
 * Where a cell of a table leads: a session's id to that session; the first cell of a row to the session that the row names, else
 * to what it stands for.
 */
export function cellLink(
  entry: PanelEntry,
  place: Place & { readonly row: Row },
  cell: { readonly column: string; readonly isFirst: boolean },
  hasExplore: boolean,
): RouteLocationRaw | null {
  if (viewOf(entry).kind !== 'table') return null
  const record = cell.isFirst && hasExplore && entry.drill === 'logs' ? recordLink(place.row) : null
  if (record !== null) return record
  const session = words(place.row[sessionColumns.includes(cell.column) ? cell.column : cell.isFirst ? 'sessionId' : ''])
  if (session) return { name: routeNames.session, params: { id: session }, query: spanQuery(place.row) }
  return cell.isFirst ? drillTo(entry, place, hasExplore) : null
}

/** The raw span of an error, among those of its session; a failure of which only a log tells has no trace. */
function spanQuery(row: Row): LocationQueryRaw {
  const [traceId, spanId] = [words(row['traceId']), words(row['spanId'])]
  return traceId && spanId ? { tab: 'spans', row: `raw/${traceId}/${spanId}` } : {}
}

/** One log record, opened among those of its second and its event. */
function recordLink(row: Row): RouteLocationRaw | null {
  const atMs = row['atMs']
  const event = words(row['event'])
  const range = typeof atMs === 'number' ? customRange(atMs, atMs + 1000) : null
  if (range === null || event === null) return null
  return { path: '/explore', query: { ...scopeQuery(range, noFilters), tab: 'logs', event, at: String(atMs) } }
}
