/** Apart from the router, so that a view can name another without importing every view. */
export const routeNames = {
  overview: 'overview',
  sessions: 'sessions',
  session: 'session',
  compare: 'compare',
  explore: 'explore',
  search: 'search',
  insights: 'insights',
  batches: 'batches',
  projects: 'projects',
  limits: 'limits',
  genai: 'genai',
  alerts: 'alerts',
  configure: 'configure',
  health: 'health',
  settings: 'settings',
} as const
