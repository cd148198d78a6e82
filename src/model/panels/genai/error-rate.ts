import { z } from 'zod'
import { countOf, togetherOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

export const errorRate = definePanel({
  id: 'error-rate',
  dashboard: 'genai',
  section: 'now',
  title: 'Error rate',
  meaning: 'The share of model calls that failed.',
  excluded: `A call that an application repeats counts each time. Failed tools and agents are not model calls. ${ownUser}`,
  unit: 'share',
  needs: 'traces',
  sql: `SELECT 1.0 * sum(failed) / sum(calls) AS rate, coalesce(sum(calls), 0) AS calls, coalesce(sum(failed), 0) AS failed
FROM app_call_sums`,
  row: z.object({ rate: z.number().nullable(), calls: z.number(), failed: z.number() }),
  view: {
    kind: 'stat',
    value: 'rate',
    more: [
      { column: 'failed', label: 'failed', unit: 'count' },
      { column: 'calls', label: 'calls', one: 'call', unit: 'count' },
    ],
    tone: 'error',
    trend: 'requests-over-time',
  },
  behind: {
    rate: togetherOf('made', countOf('app_calls', '1')),
    calls: countOf('app_calls', '1'),
    failed: countOf('app_calls', "status = 'failed'"),
  },
  size: { width: 4, height: 1 },
})
