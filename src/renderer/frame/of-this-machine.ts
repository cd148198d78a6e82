import type { RouteLocationNormalizedLoaded } from 'vue-router'
import { routeNames } from '../router-names.ts'

const views: ReadonlySet<unknown> = new Set([
  ...[routeNames.search, routeNames.alerts, routeNames.configure, routeNames.health, routeNames.settings],
])

/** Whether a view is about this machine, whosever sessions are shown: what lies here alone, and SQL over its database. */
export function isOfThisMachine({ name, query }: Pick<RouteLocationNormalizedLoaded, 'name' | 'query'>): boolean {
  return views.has(name) || (name === routeNames.explore && query['tab'] === 'sql')
}
