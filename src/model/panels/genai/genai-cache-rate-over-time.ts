import { z } from 'zod'
import { sumOf, togetherOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const genaiCacheRateOverTime = definePanel({
  id: 'genai-cache-rate-over-time',
  dashboard: 'genai',
  section: 'tokens',
  title: 'Cache utilisation over time',
  meaning: 'Cached input tokens as a share of all input tokens.',
  excluded: `Calls that do not report cached tokens are left out. Without any input there is no rate. ${ownUser}`,
  unit: 'share',
  needs: 'traces',
  sql: `SELECT ${bucket} AS atMs, 1.0 * sum(cached) / sum(cacheable) AS rate
FROM app_call_sums GROUP BY 1 HAVING sum(cacheable) > 0 ORDER BY 1`,
  row: z.object({ atMs: z.number(), rate: z.number() }),
  view: { kind: 'time', shape: 'line', series: [{ column: 'rate', label: 'cached', tone: 'tool' }] },
  behind: {
    rate: togetherOf('made', sumOf('app_calls', 'cached_tokens', 'tokens')),
  },
  size: { width: 6, height: 2 },
})
