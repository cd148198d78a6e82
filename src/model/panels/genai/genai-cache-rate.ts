import { z } from 'zod'
import { sumOf, togetherOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

export const genaiCacheRate = definePanel({
  id: 'genai-cache-rate',
  dashboard: 'genai',
  section: 'now',
  title: 'Cache utilisation',
  meaning: 'Cached input tokens as a share of all input tokens, and beside it the tokens written to the cache.',
  excluded: `Calls that do not report cached tokens are left out. Without any input there is no rate. ${ownUser}`,
  unit: 'share',
  needs: 'traces',
  sql: `SELECT 1.0 * sum(cached) / nullif(sum(cacheable), 0) AS rate, coalesce(sum(cache_write), 0) AS cacheWrite
FROM app_call_sums`,
  row: z.object({ rate: z.number().nullable(), cacheWrite: z.number() }),
  view: {
    kind: 'stat',
    value: 'rate',
    more: [{ column: 'cacheWrite', label: 'written', unit: 'tokens' }],
    tone: 'tool',
    trend: 'genai-cache-rate-over-time',
  },
  behind: {
    rate: togetherOf('made', sumOf('app_calls', 'cached_tokens', 'tokens')),
    cacheWrite: sumOf('app_calls', 'cache_write_tokens', 'tokens'),
  },
  size: { width: 4, height: 1 },
})
