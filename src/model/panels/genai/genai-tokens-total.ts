import { z } from 'zod'
import { countOf, sumOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

export const genaiTokensTotal = definePanel({
  id: 'genai-tokens-total',
  dashboard: 'genai',
  section: 'now',
  title: 'Tokens',
  meaning:
    'Tokens of all model calls of applications other than Codex. Input includes cached tokens, output includes reasoning.',
  excluded: `A call counts when it began in the range. Failed calls count with what they report; "not reported" is the number of calls that report no usage. ${ownUser}`,
  unit: 'tokens',
  needs: 'traces',
  sql: `SELECT coalesce(sum(input), 0) AS input, coalesce(sum(output), 0) AS output,
  coalesce(sum(reasoning), 0) AS reasoning, coalesce(sum(unreported), 0) AS unreported
FROM app_call_sums`,
  row: z.object({ input: z.number(), output: z.number(), reasoning: z.number(), unreported: z.number() }),
  view: {
    kind: 'stat',
    value: 'input',
    label: 'input',
    more: [
      { column: 'output', label: 'output', unit: 'tokens' },
      { column: 'reasoning', label: 'reasoning', unit: 'tokens' },
      { column: 'unreported', label: 'not reported', unit: 'count' },
    ],
    tone: 'model',
    trend: 'genai-tokens-over-time',
  },
  behind: {
    input: sumOf('app_calls', 'input_tokens', 'tokens'),
    output: sumOf('app_calls', 'output_tokens', 'tokens'),
    reasoning: sumOf('app_calls', 'reasoning_tokens', 'tokens'),
    unreported: countOf('app_calls', "status = 'completed' AND input_tokens IS NULL"),
  },
  size: { width: 4, height: 1 },
})
