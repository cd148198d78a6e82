import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import type { RowKind } from '../../../model/tree/row.ts'
import { routeNames } from '../../router-names.ts'

export function sessionLink(id: string, query: LocationQueryRaw = {}): RouteLocationRaw {
  return { name: routeNames.session, params: { id }, query }
}

/** The session with what was under way at a moment chosen: the row of this kind that is nearest to it, as far as the kind is known. */
export function sessionNear(id: string, timeMs: number, kind?: RowKind): RouteLocationRaw {
  return sessionLink(id, { at: timeMs.toFixed(3), ...(kind ? { kind } : {}) })
}

/** The session with a row chosen, as `src/model/tree/` names it. */
export function sessionAtRow(id: string, row: string): RouteLocationRaw {
  return sessionLink(id, { row })
}

/** The session with the row of a tool call chosen. */
export function sessionAtCall(id: string, callId: string): RouteLocationRaw {
  return sessionAtRow(id, `c:${id}:${callId}`)
}

/** What records name of their place in a session. */
interface Named {
  readonly callId: string | null
  readonly turn?: number | null
  readonly traceId: string | null
  readonly spanId: string | null
}

/** The session at the call, turn or span of a record; null where it names none of them. */
export function sessionAt(id: string, { callId, turn = null, traceId, spanId }: Named): RouteLocationRaw | null {
  if (callId !== null) return sessionAtCall(id, callId)
  if (turn !== null) return sessionAtRow(id, `t:${id}:${turn}`)
  return traceId !== null && spanId !== null ? sessionAtSpan(id, traceId, spanId) : null
}

/** The session's raw spans with one chosen, as `waterfall/entries.ts` names it. */
export function sessionAtSpan(id: string, traceId: string, spanId: string): RouteLocationRaw {
  return sessionLink(id, { tab: 'spans', row: `raw/${traceId}/${spanId}` })
}
