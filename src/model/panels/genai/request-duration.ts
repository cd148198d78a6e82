import { z } from 'zod'
import { measureOf } from '../behind.ts'
import { ownUser, wholeMs } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const requestDuration = definePanel({
  id: 'request-duration',
  dashboard: 'genai',
  section: 'latency',
  title: 'Request duration',
  meaning: 'How long completed model calls took: half of them at most P50, 95 of 100 at most P95.',
  excluded: `Failed calls are left out, as are those with impossible times. ${wholeMs} ${ownUser}`,
  unit: 'ms',
  needs: 'traces',
  sql: `SELECT atMs, percentile(durations, 50) AS p50, percentile(durations, 95) AS p95 FROM (
  SELECT ${bucket} AS atMs, pack(durations_ms) AS durations FROM app_call_sums GROUP BY 1
) WHERE durations IS NOT NULL ORDER BY 1`,
  row: z.object({ atMs: z.number(), p50: z.number(), p95: z.number() }),
  view: {
    kind: 'time',
    shape: 'line',
    series: [
      { column: 'p95', label: 'P95', tone: 'model' },
      { column: 'p50', label: 'P50', tone: 'model-soft' },
    ],
  },
  behind: {
    p50: measureOf('app_calls', 'duration_ms', "status = 'completed'"),
    p95: measureOf('app_calls', 'duration_ms', "status = 'completed'"),
  },
  size: { width: 12, height: 2 },
})
