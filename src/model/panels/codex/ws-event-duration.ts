import { z } from 'zod'
import { metricOf } from '../behind.ts'
import { averageOf, noSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const wsEventDuration = definePanel({
  id: 'ws-event-duration',
  dashboard: 'codex',
  section: 'latency',
  title: 'Websocket event duration',
  meaning: 'The average time that Codex waited for the next event of a websocket, over events of all kinds.',
  excluded: noSessions,
  unit: 'ms',
  needs: 'metrics',
  sql: averageOf(bucket, 'codex.websocket.event.duration_ms'),
  row: z.object({ atMs: z.number(), average: z.number() }),
  view: { kind: 'time', shape: 'line', series: [{ column: 'average', label: 'average', tone: 'model' }] },
  behind: {
    average: metricOf('codex.websocket.event.duration_ms'),
  },
  size: { width: 4, height: 2 },
})
