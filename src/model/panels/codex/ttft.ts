import { z } from 'zod'
import { measureOf } from '../behind.ts'
import { byMinute } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const ttft = definePanel({
  id: 'ttft',
  dashboard: 'codex',
  section: 'latency',
  title: 'Time to first token',
  meaning: 'From the request to the first token of its response, for completed model calls: average and P95.',
  excluded: `Calls that do not report it are left out. Where neither a span nor a log says when the request was sent, it counts from the response's headers. Where no call of the range reports it, the average of the metric \`codex.turn.ttft.duration_ms\` is shown instead (once a turn, without P95; only the model, the originator and the app version narrow it). ${byMinute}`,
  unit: 'ms',
  needs: 'logs',
  sql: `SELECT atMs, average, p95 FROM (
  WITH said AS MATERIALIZED (
    SELECT atMs, mean_of(list) AS average, percentile(list, 95) AS p95 FROM (
      SELECT ${bucket} AS atMs, pack(ttfts_ms) AS list FROM calls GROUP BY 1
    ) WHERE list IS NOT NULL
  )
  SELECT atMs, average, p95 FROM said
  UNION ALL
  SELECT ${bucket}, sum(sum) / sum(count), NULL FROM metrics
  WHERE name = 'codex.turn.ttft.duration_ms' AND NOT EXISTS (SELECT 1 FROM said) GROUP BY 1
) WHERE average IS NOT NULL ORDER BY 1`,
  row: z.object({ atMs: z.number(), average: z.number(), p95: z.number().nullable() }),
  view: {
    kind: 'time',
    shape: 'line',
    series: [
      { column: 'p95', label: 'P95', tone: 'model' },
      { column: 'average', label: 'average', tone: 'model-soft' },
    ],
  },
  behind: {
    average: measureOf('calls', 'ttfts_ms'),
    p95: measureOf('calls', 'ttfts_ms'),
  },
  size: { width: 4, height: 2 },
})
