import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { bucket, definePanel } from '../panel.ts'

export const tokensOverTimeByModel = definePanel({
  id: 'tokens-over-time-by-model',
  dashboard: 'codex',
  section: 'tokens',
  title: 'Token usage by model',
  meaning: 'Input and output tokens of completed model calls by model, at the time when the response ended.',
  excluded: 'Failed responses report no tokens.',
  unit: 'tokens',
  needs: 'logs',
  sql: `SELECT ${bucket} AS atMs, model, sum(input + output) AS tokens
FROM calls GROUP BY 1, 2 HAVING sum(completed) > 0 ORDER BY 1, 2`,
  row: z.object({ atMs: z.number(), model: z.string(), tokens: z.number() }),
  view: { kind: 'time-by', shape: 'area', group: 'model', value: 'tokens' },
  by: ['model'],
  behind: {
    tokens: sumOf('calls', 'input + output', 'tokens'),
  },
  size: { width: 4, height: 2 },
})
