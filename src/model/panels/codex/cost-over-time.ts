import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { bucket, definePanel } from '../panel.ts'

export const costOverTime = definePanel({
  id: 'cost-over-time',
  dashboard: 'codex',
  section: 'tokens',
  title: 'Estimated cost over time',
  meaning: 'What completed model calls would cost at API prices, by model.',
  excluded: 'Calls of models without a known price are left out: the total says how many those are.',
  unit: 'usd',
  needs: 'logs',
  sql: `SELECT ${bucket} AS atMs, model, sum(cost_usd) AS costUsd
FROM calls GROUP BY 1, 2 HAVING sum(cost_usd) IS NOT NULL ORDER BY 1, 2`,
  row: z.object({ atMs: z.number(), model: z.string(), costUsd: z.number() }),
  view: { kind: 'time-by', shape: 'bars', group: 'model', value: 'costUsd' },
  by: ['model'],
  behind: {
    costUsd: sumOf('calls', 'cost_usd', 'usd'),
  },
  size: { width: 6, height: 2 },
})
