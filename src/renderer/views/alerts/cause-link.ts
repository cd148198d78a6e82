import type { RouteLocationRaw } from 'vue-router'
import type { Cause } from '../../../model/alerts/rule.ts'
import { noFilters } from '../../filters/filter-query.ts'
import { customRange } from '../../range/range.ts'
import { scopeQuery } from '../../range/use-scope.ts'
import { routeNames } from '../../router-names.ts'
import { sessionAtCall } from '../explore/session-link.ts'

/** Where what fired can be looked at, and what the link is called. */
export function causeLink({ sessionId, callId, panel, fromMs, toMs }: Cause): {
  readonly to: RouteLocationRaw
  readonly name: string
} {
  if (sessionId !== null && callId !== null) return { to: sessionAtCall(sessionId, callId), name: 'Open the call' }
  if (sessionId !== null)
    return { to: { name: routeNames.session, params: { id: sessionId } }, name: 'Open the session' }
  // A budget that is passed the moment it begins has no stretch yet.
  const range = customRange(fromMs, Math.max(toMs, fromMs + 1000))
  const query = { ...scopeQuery(range, noFilters), ...(panel === null ? {} : { panel }) }
  return { to: { name: routeNames.overview, query }, name: 'Show it on Overview' }
}
