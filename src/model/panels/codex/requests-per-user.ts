import { z } from 'zod'
import { definePanel } from '../panel.ts'

export const requestsPerUser = definePanel({
  id: 'requests-per-user',
  dashboard: 'codex',
  section: 'where',
  title: 'Requests per user',
  meaning: 'Completed model calls by the email address of the ChatGPT login, else its account.',
  excluded:
    'Failed responses are left out. Sessions without such a login are those of "this machine"; the filter calls them "not said".',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT coalesce(nullif(user, ''), 'this machine') AS user, sum(completed) AS calls, sum(input + output) AS tokens
FROM calls CROSS JOIN dimension ON dimension.id = calls.dimension
GROUP BY 1 HAVING sum(completed) > 0 ORDER BY 2 DESC, 1`,
  row: z.object({ user: z.string(), calls: z.number(), tokens: z.number() }),
  view: {
    kind: 'bars',
    label: 'user',
    value: 'calls',
    more: [{ column: 'tokens', label: 'tokens', unit: 'tokens' }],
    tone: 'accent',
  },
  drill: 'sessions',
  size: { width: 4, height: 2 },
})
