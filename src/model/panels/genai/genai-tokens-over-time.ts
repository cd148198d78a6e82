import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

const tokens = 'coalesce(input_tokens, 0) + coalesce(output_tokens, 0)'

export const genaiTokensOverTime = definePanel({
  id: 'genai-tokens-over-time',
  dashboard: 'genai',
  section: 'tokens',
  title: 'Token usage by service',
  meaning: 'Input and output tokens of model calls by the service that made them, at the time when the call began.',
  excluded: `Codex has a dashboard of its own. ${ownUser}`,
  unit: 'tokens',
  needs: 'traces',
  sql: `SELECT ${bucket} AS atMs, service, sum(input) AS input, sum(output) AS output, sum(input) + sum(output) AS tokens
FROM app_call_sums GROUP BY 1, 2 ORDER BY 1, 2`,
  row: z.object({ atMs: z.number(), service: z.string(), input: z.number(), output: z.number(), tokens: z.number() }),
  view: { kind: 'time-by', shape: 'area', group: 'service', value: 'tokens' },
  by: ['service'],
  behind: {
    tokens: sumOf('app_calls', tokens, 'tokens'),
  },
  size: { width: 6, height: 2 },
})
