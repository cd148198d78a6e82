import { z } from 'zod'
import { metricOf } from '../behind.ts'
import { averageOf, noSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const startupPrewarm = definePanel({
  id: 'startup-prewarm',
  dashboard: 'codex',
  section: 'latency',
  title: 'Start-up prewarming',
  meaning: 'The average time to warm up the connection to the model before the first turn.',
  excluded: noSessions,
  unit: 'ms',
  needs: 'metrics',
  sql: averageOf(bucket, 'codex.startup_prewarm.duration_ms'),
  row: z.object({ atMs: z.number(), average: z.number() }),
  view: { kind: 'time', shape: 'line', series: [{ column: 'average', label: 'average', tone: 'plain' }] },
  behind: {
    average: metricOf('codex.startup_prewarm.duration_ms'),
  },
  size: { width: 4, height: 2 },
})
