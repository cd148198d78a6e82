import { z } from 'zod'
import { metricOf } from '../behind.ts'
import { averageOf, noSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const ttfm = definePanel({
  id: 'ttfm',
  dashboard: 'codex',
  section: 'latency',
  title: 'Time to first message',
  meaning: 'The average time from the start of a turn to its first message.',
  excluded: noSessions,
  unit: 'ms',
  needs: 'metrics',
  sql: averageOf(bucket, 'codex.turn.ttfm.duration_ms'),
  row: z.object({ atMs: z.number(), average: z.number() }),
  view: { kind: 'time', shape: 'line', series: [{ column: 'average', label: 'average', tone: 'model' }] },
  behind: {
    average: metricOf('codex.turn.ttfm.duration_ms'),
  },
  size: { width: 4, height: 2 },
})
