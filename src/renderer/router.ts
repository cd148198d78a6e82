import { createRouter, createWebHashHistory, START_LOCATION } from 'vue-router'
import type { Router } from 'vue-router'
import { useBridge } from './bridge/index.ts'
import { followNavigation } from './own-link.ts'
import { routeNames } from './router-names.ts'
import CompareView from './views/compare/CompareView.vue'
import HealthView from './views/health/HealthView.vue'
import StartView from './views/overview/StartView.vue'
import SessionView from './views/session/SessionView.vue'
import SessionsView from './views/sessions/SessionsView.vue'
import SettingsView from './views/settings/SettingsView.vue'
import { untilAhead } from './waterfall/rows-ahead.ts'

export function createColophonRouter(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', component: StartView },
      {
        path: '/overview',
        name: routeNames.overview,
        component: () => import('./views/overview/OverviewView.vue'),
      },
      { path: '/explore', name: routeNames.explore, component: () => import('./views/explore/ExploreView.vue') },
      { path: '/search', name: routeNames.search, component: () => import('./views/search/SearchView.vue') },
      { path: '/insights', name: routeNames.insights, component: () => import('./views/insights/InsightsView.vue') },
      { path: '/batches', name: routeNames.batches, component: () => import('./views/batches/BatchesView.vue') },
      {
        path: '/projects',
        name: routeNames.projects,
        component: () => import('./views/projects/ProjectsView.vue'),
      },
      { path: '/limits', name: routeNames.limits, component: () => import('./views/limits/LimitsView.vue') },
      { path: '/alerts', name: routeNames.alerts, component: () => import('./views/alerts/AlertsView.vue') },
      { path: '/genai', name: routeNames.genai, component: () => import('./views/genai/GenaiView.vue') },
      { path: '/sessions', name: routeNames.sessions, component: SessionsView },
      {
        path: '/sessions/:id',
        name: routeNames.session,
        component: SessionView,
        props: true,
        beforeEnter: ({ params: { id } }) => untilAhead(useBridge(), String(id)),
      },
      { path: '/compare', name: routeNames.compare, component: CompareView },
      {
        path: '/configure',
        name: routeNames.configure,
        component: () => import('./views/configure/ConfigureView.vue'),
      },
      { path: '/health', name: routeNames.health, component: HealthView },
      { path: '/settings', name: routeNames.settings, component: SettingsView },
      { path: '/:rest(.*)*', redirect: '/sessions' },
    ],
  })
  followNavigation(router)
  followEarlyLinks(router)
  loadAnewWhereGone(router)
  return router
}

/**
 * The code of a view is loaded when somebody goes there, and is gone where the app was updated while its page was open: the page is loaded
 * anew then, at the view that was wanted, and once, for it may be away for another reason.
 */
function loadAnewWhereGone(router: Router): void {
  const loadedFor = 'colophon.loaded-anew-for'
  router.onError((error: unknown, { fullPath }) => {
    const isGone =
      error instanceof Error && /dynamically imported module|module script failed|preload CSS/i.test(error.message)
    if (!isGone || sessionStorage.getItem(loadedFor) === fullPath) return
    sessionStorage.setItem(loadedFor, fullPath)
    window.location.hash = fullPath
    window.location.reload()
  })
  router.afterEach((_to, _from, failure) => {
    if (!failure) sessionStorage.removeItem(loadedFor)
  })
}

/** A router hears of links only once its first view is there, whose code may take a while: a link that is opened meanwhile wins. */
function followEarlyLinks(router: Router): void {
  let { hash } = window.location
  router.beforeResolve((_to, from) => {
    if (from !== START_LOCATION || window.location.hash === hash) return true
    hash = window.location.hash
    return hash.slice(1)
  })
}
