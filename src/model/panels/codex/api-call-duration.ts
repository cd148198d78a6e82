import { z } from 'zod'
import { measureOf } from '../behind.ts'
import { wholeMs } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const apiCallDuration = definePanel({
  id: 'api-call-duration',
  dashboard: 'codex',
  section: 'latency',
  title: 'Model call duration',
  meaning: 'How long completed model calls took: half of them at most P50, 95 of 100 at most P95.',
  excluded: `Only traces tell how long a call took: calls without their \`codex.sampling\` span are left out, never guessed. ${wholeMs}`,
  unit: 'ms',
  needs: 'traces',
  sql: `SELECT atMs, percentile(durations, 50) AS p50, percentile(durations, 95) AS p95 FROM (
  SELECT ${bucket} AS atMs, pack(durations_ms) AS durations FROM calls GROUP BY 1
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
    p50: measureOf('calls', 'durations_ms'),
    p95: measureOf('calls', 'durations_ms'),
  },
  size: { width: 4, height: 2 },
})
