import { z } from 'zod'
import { countOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const requestsOverTime = definePanel({
  id: 'requests-over-time',
  dashboard: 'genai',
  section: 'activity',
  title: 'Requests over time',
  meaning: 'Model calls, completed and failed, at the time when they began.',
  excluded: `Tools and agents are not model calls. ${ownUser}`,
  unit: 'count',
  needs: 'traces',
  sql: `SELECT ${bucket} AS atMs, sum(calls) - sum(failed) AS completed, sum(failed) AS failed
FROM app_call_sums GROUP BY 1 ORDER BY 1`,
  row: z.object({ atMs: z.number(), completed: z.number(), failed: z.number() }),
  view: {
    kind: 'time',
    shape: 'bars',
    series: [
      { column: 'completed', label: 'completed', tone: 'model' },
      { column: 'failed', label: 'failed', tone: 'error' },
    ],
  },
  behind: {
    completed: countOf('app_calls', "status = 'completed'"),
    failed: countOf('app_calls', "status = 'failed'"),
  },
  size: { width: 6, height: 2 },
})
