import { z } from 'zod'
import { countOf, ofDimension, sumOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

const user = { user: `coalesce(nullif(${ofDimension('user')}, ''), 'not set')` }

export const requestsPerUser = definePanel({
  id: 'requests-per-user',
  dashboard: 'codex',
  section: 'where',
  title: 'Requests per user',
  meaning: 'Completed model calls by the e-mail address of the ChatGPT login, or its account.',
  excluded: 'Failed responses are left out. Sessions without such a login are "not set", as in the filter.',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT coalesce(nullif(user, ''), 'not set') AS user, sum(completed) AS calls, sum(input + output) AS tokens
FROM calls CROSS JOIN dimension ON dimension.id = calls.dimension
GROUP BY 1 HAVING sum(completed) > 0 ORDER BY 2 DESC, 1`,
  row: z.object({ user: z.string(), calls: z.number(), tokens: z.number() }),
  view: {
    kind: 'bars',
    label: 'user',
    value: 'calls',
    more: [{ column: 'tokens', label: 'tokens', one: 'token', unit: 'tokens' }],
    tone: 'accent',
  },
  by: ['user'],
  behind: {
    calls: countOf('calls', 'completed', user),
    tokens: sumOf('calls', 'input + output', 'tokens', '1', user),
  },
  size: { width: 4, height: 2 },
})
