import { z } from 'zod'
import { countOf, sumOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

const model = { model: "coalesce(model, '')" }
const tokens = 'coalesce(input_tokens, 0) + coalesce(output_tokens, 0)'

export const genaiTokensByModel = definePanel({
  id: 'genai-tokens-by-model',
  dashboard: 'genai',
  section: 'tokens',
  title: 'Tokens by model',
  meaning:
    'Input and output tokens of model calls, and their estimated cost, by the model that answered, or else the one asked for.',
  excluded: `The cost leaves out calls without a known price and those that report no usage ("not priced"), and is unknown ("–") where none has one. "Reported" is the cost that the applications report themselves, where they do. ${ownUser}`,
  unit: 'tokens',
  needs: 'traces',
  sql: `SELECT model, sum(input) + sum(output) AS tokens, sum(input) AS input, sum(cached) AS cached, sum(output) AS output,
  sum(cost_usd) AS costUsd, sum(reported_cost_usd) AS reportedUsd, nullif(sum(unpriced), 0) AS leftOut
FROM app_call_sums GROUP BY 1 ORDER BY 2 DESC, 1`,
  row: z.object({
    model: z.string(),
    tokens: z.number(),
    input: z.number(),
    cached: z.number(),
    output: z.number(),
    costUsd: z.number().nullable(),
    reportedUsd: z.number().nullable(),
    leftOut: z.number().nullable(),
  }),
  view: {
    kind: 'bars',
    label: 'model',
    value: 'tokens',
    more: [
      { column: 'input', label: 'input', unit: 'tokens' },
      { column: 'output', label: 'output', unit: 'tokens' },
      { column: 'costUsd', label: 'estimated', unit: 'usd' },
      { column: 'reportedUsd', label: 'reported', unit: 'usd', whereKnown: true },
      { column: 'leftOut', label: 'not priced', unit: 'count', whereKnown: true },
    ],
    tone: 'model',
  },
  by: ['model'],
  behind: {
    tokens: sumOf('app_calls', tokens, 'tokens', '1', model),
    input: sumOf('app_calls', 'input_tokens', 'tokens', '1', model),
    output: sumOf('app_calls', 'output_tokens', 'tokens', '1', model),
    costUsd: sumOf('app_calls', 'cost_usd', 'usd', '1', model),
    reportedUsd: sumOf('app_calls', 'reported_cost_usd', 'usd', '1', model),
    leftOut: countOf('app_calls', "status = 'completed' AND cost_usd IS NULL", model),
  },
  size: { width: 6, height: 2 },
})
