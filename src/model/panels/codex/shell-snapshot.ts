import { z } from 'zod'
import { metricOf } from '../behind.ts'
import { averageOf, noSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const shellSnapshot = definePanel({
  id: 'shell-snapshot',
  dashboard: 'codex',
  section: 'latency',
  title: 'Shell snapshot',
  meaning: "The average time that Codex took to record the state of the user's shell.",
  excluded: `Codex records each duration twice, with the label success and without: only the first counts. ${noSessions}`,
  unit: 'ms',
  needs: 'metrics',
  sql: averageOf(
    bucket,
    'codex.shell_snapshot.duration_ms',
    " AND EXISTS (SELECT 1 FROM json_each(labels) WHERE value ->> 0 = 'success')",
  ),
  row: z.object({ atMs: z.number(), average: z.number() }),
  view: { kind: 'time', shape: 'line', series: [{ column: 'average', label: 'average', tone: 'plain' }] },
  behind: {
    average: metricOf('codex.shell_snapshot.duration_ms'),
  },
  size: { width: 4, height: 2 },
})
