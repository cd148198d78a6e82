import { z } from 'zod'
import { countOf, sumOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

const provider = { provider: "coalesce(provider, '')" }
const tokens = 'coalesce(input_tokens, 0) + coalesce(output_tokens, 0)'

export const providers = definePanel({
  id: 'providers',
  dashboard: 'genai',
  section: 'tokens',
  title: 'Providers',
  meaning: 'Model calls by provider (`gen_ai.provider.name`): their tokens, estimated cost and failures.',
  excluded: `The cost leaves out calls without a known price, and is unknown ("–") where none has one. ${ownUser}`,
  unit: 'count',
  needs: 'traces',
  sql: `SELECT provider, sum(calls) AS calls, sum(input) + sum(output) AS tokens, sum(cost_usd) AS costUsd, sum(failed) AS errors
FROM app_call_sums GROUP BY 1 ORDER BY 2 DESC, 1`,
  row: z.object({
    provider: z.string(),
    calls: z.number(),
    tokens: z.number(),
    costUsd: z.number().nullable(),
    errors: z.number(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'provider', label: 'Provider', unit: 'text' },
      { column: 'calls', label: 'Calls', unit: 'count' },
      { column: 'tokens', label: 'Tokens', unit: 'tokens' },
      { column: 'costUsd', label: 'Estimated', unit: 'usd' },
      { column: 'errors', label: 'Errors', unit: 'count' },
    ],
  },
  by: ['provider'],
  behind: {
    calls: countOf('app_calls', '1', provider),
    tokens: sumOf('app_calls', tokens, 'tokens', '1', provider),
    costUsd: sumOf('app_calls', 'cost_usd', 'usd', '1', provider),
    errors: countOf('app_calls', "status = 'failed'", provider),
  },
  spare: true,
  size: { width: 6, height: 2 },
})
