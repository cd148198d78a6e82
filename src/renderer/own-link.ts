import { useRoute, useRouter } from 'vue-router'
import type { LocationQueryRaw, RouteLocationNormalized, Router } from 'vue-router'

/** Where somebody is on the way to, while the code or the rows of it are awaited. */
const aheadOf = new WeakMap<Router, RouteLocationNormalized>()

/** Remembers where a router is on the way to, which it does not tell. */
export function followNavigation(router: Router): void {
  router.beforeEach((to) => {
    aheadOf.set(router, to)
  })
  router.afterEach((to) => {
    if (aheadOf.get(router) === to) aheadOf.delete(router)
  })
  router.onError(() => aheadOf.delete(router))
}

/** Over once the link is written, or left as it is. */
export type WriteLink = (query: LocationQueryRaw, step?: 'push' | 'replace') => Promise<void>

/**
 * Writes a query into the link of the view that calls it, as a step for Back or in the place of the last. One that is written a moment
 * after the last letter would call back who is on the way to another view by then, or follow him there: it is dropped.
 */
export function useOwnLink(): WriteLink {
  const route = useRoute()
  const router = useRouter()
  const { path } = route
  return async (query, step = 'replace') => {
    const ahead = aheadOf.get(router) ?? route
    if (route.path === path && ahead.path === path) await router[step]({ query })
  }
}
