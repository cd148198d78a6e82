import { z } from 'zod'
import { measureOf, metricOf } from '../behind.ts'
import { byMinute, ofSessions, wholeMs } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const turnDuration = definePanel({
  id: 'turn-duration',
  dashboard: 'codex',
  section: 'latency',
  title: 'Turn duration',
  meaning: 'From a prompt to the end of the turn that it began: average and P95, at the time when it started.',
  excluded: `Turns that have not ended are left out; interrupted ones count. Waiting for decisions is part of a turn. ${ofSessions} The third line is the average of Codex's own metric \`codex.turn.e2e_duration_ms\`, which only the model, the originator and the app version narrow. ${byMinute} ${wholeMs}`,
  unit: 'ms',
  needs: 'logs',
  sql: `SELECT atMs, mean(durations_ms) AS average, p95(durations_ms) AS p95, sum(metric_sum) / sum(metric_count) AS metric FROM (
  SELECT ${bucket} AS atMs, durations_ms, NULL AS metric_sum, NULL AS metric_count FROM turns
  UNION ALL
  SELECT ${bucket}, NULL, sum, count FROM metrics WHERE name = 'codex.turn.e2e_duration_ms'
) GROUP BY 1 HAVING average IS NOT NULL OR metric IS NOT NULL ORDER BY 1`,
  row: z.object({
    atMs: z.number(),
    average: z.number().nullable(),
    p95: z.number().nullable(),
    metric: z.number().nullable(),
  }),
  view: {
    kind: 'time',
    shape: 'line',
    series: [
      { column: 'p95', label: 'P95', tone: 'model' },
      { column: 'average', label: 'average', tone: 'model-soft' },
      { column: 'metric', label: 'average by metric', tone: 'plain' },
    ],
  },
  behind: {
    average: measureOf('turns', 'durations_ms'),
    p95: measureOf('turns', 'durations_ms'),
    metric: metricOf('codex.turn.e2e_duration_ms'),
  },
  size: { width: 4, height: 2 },
})
