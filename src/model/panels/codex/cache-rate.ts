import { z } from 'zod'
import { sumOf, togetherOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

export const cacheRate = definePanel({
  id: 'cache-rate',
  dashboard: 'codex',
  section: 'now',
  title: 'Cache utilisation',
  meaning: 'Cached input tokens as a share of all input tokens, and beside it the tokens written to the cache.',
  excluded: 'Failed responses report no tokens. Without any input there is no rate.',
  unit: 'share',
  needs: 'logs',
  sql: `SELECT 1.0 * sum(cached) / nullif(sum(input), 0) AS rate, coalesce(sum(cache_write), 0) AS cacheWrite
FROM calls`,
  row: z.object({ rate: z.number().nullable(), cacheWrite: z.number() }),
  view: {
    kind: 'stat',
    value: 'rate',
    more: [{ column: 'cacheWrite', label: 'written', unit: 'tokens' }],
    tone: 'tool',
    trend: 'cache-rate-over-time',
  },
  behind: {
    rate: togetherOf('made', sumOf('calls', 'cached', 'tokens')),
    cacheWrite: sumOf('calls', 'cache_write', 'tokens'),
  },
  size: { width: 3, height: 1 },
})
