/** Apart from the router, so that a view can name another without importing every view. */
export const routeNames = {
  sessions: 'sessions',
  session: 'session',
  compare: 'compare',
  health: 'health',
  settings: 'settings',
} as const
