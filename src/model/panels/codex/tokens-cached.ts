import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

export const tokensCached = definePanel({
  id: 'tokens-cached',
  dashboard: 'codex',
  section: 'now',
  title: 'Cached tokens',
  meaning: 'Input tokens that the provider read from its cache, which cost less; they are part of the input.',
  excluded: 'Failed responses report no tokens.',
  unit: 'tokens',
  needs: 'logs',
  sql: 'SELECT coalesce(sum(cached), 0) AS cached FROM calls',
  row: z.object({ cached: z.number() }),
  view: { kind: 'stat', value: 'cached', tone: 'tool', trend: 'tokens-over-time' },
  behind: {
    cached: sumOf('calls', 'cached', 'tokens'),
  },
  size: { width: 3, height: 1 },
})
