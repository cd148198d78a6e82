import { z } from 'zod'
import { countOf } from '../behind.ts'
import { bucket, definePanel } from '../panel.ts'

export const callsOverTime = definePanel({
  id: 'calls-over-time',
  dashboard: 'codex',
  section: 'activity',
  title: 'Model calls over time',
  meaning: 'Responses of the model that completed, and those that broke off.',
  excluded:
    'A response that breaks off leaves two records but counts once. Requests that got no response at all are among the errors.',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT ${bucket} AS atMs, sum(completed) AS completed, sum(broken) AS failed
FROM calls GROUP BY 1 ORDER BY 1`,
  row: z.object({ atMs: z.number(), completed: z.number(), failed: z.number() }),
  view: {
    kind: 'time',
    shape: 'bars',
    series: [
      { column: 'completed', label: 'completed', tone: 'model' },
      { column: 'failed', label: 'broken off', tone: 'error' },
    ],
  },
  behind: {
    completed: countOf('calls', 'completed'),
    failed: countOf('calls', 'broken'),
  },
  size: { width: 4, height: 2 },
})
