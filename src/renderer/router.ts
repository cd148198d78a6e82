import { createRouter, createWebHashHistory } from 'vue-router'
import type { Router } from 'vue-router'
import { routeNames } from './router-names.ts'
import CompareView from './views/compare/CompareView.vue'
import HealthView from './views/health/HealthView.vue'
import SessionView from './views/session/SessionView.vue'
import SessionsView from './views/sessions/SessionsView.vue'
import SettingsView from './views/settings/SettingsView.vue'

export function createColophonRouter(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/sessions', name: routeNames.sessions, component: SessionsView },
      { path: '/sessions/:id', name: routeNames.session, component: SessionView, props: true },
      { path: '/compare', name: routeNames.compare, component: CompareView },
      { path: '/health', name: routeNames.health, component: HealthView },
      { path: '/settings', name: routeNames.settings, component: SettingsView },
      { path: '/:rest(.*)*', redirect: '/sessions' },
    ],
  })
}
