import { createRouter, createWebHashHistory } from 'vue-router'
import type { Router } from 'vue-router'
import { useBridge } from './bridge/index.ts'
import { routeNames } from './router-names.ts'
import CompareView from './views/compare/CompareView.vue'
import HealthView from './views/health/HealthView.vue'
import StartView from './views/overview/StartView.vue'
import SessionView from './views/session/SessionView.vue'
import SessionsView from './views/sessions/SessionsView.vue'
import SettingsView from './views/settings/SettingsView.vue'
import { untilAhead } from './waterfall/rows-ahead.ts'

export function createColophonRouter(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', component: StartView },
      {
        path: '/overview',
        name: routeNames.overview,
        component: () => import('./views/overview/OverviewView.vue'),
      },
      { path: '/explore', name: routeNames.explore, component: () => import('./views/explore/ExploreView.vue') },
      { path: '/batches', name: routeNames.batches, component: () => import('./views/batches/BatchesView.vue') },
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
}
