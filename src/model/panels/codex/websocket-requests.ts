import { z } from 'zod'
import { countOf, metricOf } from '../behind.ts'
import { byMinute } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const websocketRequests = definePanel({
  id: 'websocket-requests',
  dashboard: 'codex',
  section: 'reliability',
  title: 'Websocket requests',
  meaning:
    'Requests over a websocket that were sent or that failed, connections that failed, and the number that Codex itself counts.',
  excluded: `Opened connections are not requests. The line "by metric" is the counter \`codex.websocket.request\`: only the model, the originator and the app version narrow it. ${byMinute}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT atMs, sum(succeeded) AS succeeded, sum(failed) AS failed, sum(unconnected) AS unconnected, sum(metric) AS metric FROM (
  SELECT ${bucket} AS atMs, iif(kind = 'ws_request', attempts - failed, 0) AS succeeded,
    iif(kind = 'ws_request', failed, 0) AS failed, iif(kind = 'ws_connect', failed, 0) AS unconnected, NULL AS metric
  FROM attempts WHERE kind IN ('ws_request', 'ws_connect')
  UNION ALL
  SELECT ${bucket}, 0, 0, 0, sum FROM metrics WHERE name = 'codex.websocket.request'
) GROUP BY 1 ORDER BY 1`,
  row: z.object({
    atMs: z.number(),
    succeeded: z.number(),
    failed: z.number(),
    unconnected: z.number(),
    metric: z.number().nullable(),
  }),
  view: {
    kind: 'time',
    shape: 'line',
    series: [
      { column: 'succeeded', label: 'sent', tone: 'model' },
      { column: 'failed', label: 'failed', tone: 'error' },
      { column: 'unconnected', label: 'no connection', tone: 'wait' },
      { column: 'metric', label: 'by metric', tone: 'model-soft' },
    ],
  },
  behind: {
    succeeded: countOf('attempts', "kind = 'ws_request' AND NOT failed"),
    failed: countOf('attempts', "kind = 'ws_request' AND failed"),
    unconnected: countOf('attempts', "kind = 'ws_connect' AND failed"),
    metric: metricOf('codex.websocket.request'),
  },
  size: { width: 4, height: 2 },
})
