import { z } from 'zod'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

export const genaiTokensByModel = definePanel({
  id: 'genai-tokens-by-model',
  dashboard: 'genai',
  section: 'tokens',
  title: 'Tokens by model',
  meaning:
    'Input and output tokens of model calls, and their estimated cost, by the model that answered, else the one asked for.',
  excluded: `The cost leaves out calls without a known price, and is unknown ("–") where none has one. ${ownUser}`,
  unit: 'tokens',
  needs: 'traces',
  sql: `SELECT coalesce(model, '') AS model, sum(input_tokens + output_tokens) AS tokens, sum(input_tokens) AS input,
  sum(cached_tokens) AS cached, sum(output_tokens) AS output, sum(cost_usd) AS costUsd
FROM app_calls GROUP BY 1 ORDER BY 2 DESC, 1`,
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
  drill: 'calls',
  size: { width: 6, height: 2 },
})
