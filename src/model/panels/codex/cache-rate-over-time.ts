import { z } from 'zod'
import { sumOf, togetherOf } from '../behind.ts'
import { bucket, definePanel } from '../panel.ts'

export const cacheRateOverTime = definePanel({
  id: 'cache-rate-over-time',
  dashboard: 'codex',
  section: 'tokens',
  title: 'Cache utilisation over time',
  meaning: 'Cached input tokens as a share of all input tokens.',
  excluded: 'Failed responses report no tokens. Without any input there is no rate.',
  unit: 'share',
  needs: 'logs',
  sql: `SELECT ${bucket} AS atMs, 1.0 * sum(cached) / sum(input) AS rate
FROM calls GROUP BY 1 HAVING sum(input) > 0 ORDER BY 1`,
  row: z.object({ atMs: z.number(), rate: z.number() }),
  view: { kind: 'time', shape: 'line', series: [{ column: 'rate', label: 'cached', tone: 'tool' }] },
  behind: {
    rate: togetherOf('made', sumOf('calls', 'cached', 'tokens')),
  },
  size: { width: 4, height: 2 },
})
