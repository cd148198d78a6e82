import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { knownCost } from '../common.ts'
import { definePanel } from '../panel.ts'

export const tokensByModel = definePanel({
  id: 'tokens-by-model',
  dashboard: 'codex',
  section: 'tokens',
  title: 'Tokens by model',
  meaning: 'Input and output tokens of completed model calls, and their estimated cost, by model.',
  excluded: 'Failed responses report no tokens. The cost is unknown ("–") where the model has no known price.',
  unit: 'tokens',
  needs: 'logs',
  sql: `SELECT model, sum(input + output) AS tokens, sum(input) AS input, sum(cached) AS cached, sum(output) AS output,
  ${knownCost} AS costUsd
FROM calls GROUP BY 1 HAVING sum(completed) > 0 ORDER BY 2 DESC, 1`,
  row: z.object({
    model: z.string(),
    tokens: z.number(),
    input: z.number(),
    cached: z.number(),
    output: z.number(),
    costUsd: z.number().nullable(),
  }),
  view: {
    kind: 'bars',
    label: 'model',
    value: 'tokens',
    more: [
      { column: 'input', label: 'input', unit: 'tokens' },
      { column: 'output', label: 'output', unit: 'tokens' },
      { column: 'costUsd', label: 'estimated', unit: 'usd' },
    ],
    tone: 'model',
  },
  by: ['model'],
  behind: {
    tokens: sumOf('calls', 'input + output', 'tokens'),
    input: sumOf('calls', 'input', 'tokens'),
    output: sumOf('calls', 'output', 'tokens'),
    costUsd: sumOf('calls', 'cost_usd', 'usd'),
  },
  size: { width: 4, height: 2 },
})
