import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import { routeNames } from '../../router-names.ts'

function toSession(id: string, query: LocationQueryRaw): RouteLocationRaw {
  return { name: routeNames.session, params: { id }, query }
}

/** So much before and after a moment shows. */
const reachMs = 2500

/** The session's waterfall, some seconds around a moment. */
export function sessionAt(id: string, timeMs: number): RouteLocationRaw {
  return toSession(id, { from: (timeMs - reachMs).toFixed(3), to: (timeMs + reachMs).toFixed(3) })
}

/** The session with the row of a tool call chosen, as `src/model/tree/tool-rows.ts` names it. */
export function sessionAtCall(id: string, callId: string): RouteLocationRaw {
  return toSession(id, { row: `c:${id}:${callId}` })
}

/** The session's raw spans with one chosen, as `waterfall/entries.ts` names it. */
export function sessionAtSpan(id: string, traceId: string, spanId: string): RouteLocationRaw {
  return toSession(id, { tab: 'spans', row: `raw/${traceId}/${spanId}` })
}
