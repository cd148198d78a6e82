import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

export const tokensTotal = definePanel({
  id: 'tokens-total',
  dashboard: 'codex',
  section: 'now',
  title: 'Tokens',
  meaning: 'Tokens of all completed model calls. Input includes cached tokens, output includes reasoning.',
  excluded: 'Failed responses report no tokens.',
  unit: 'tokens',
  needs: 'logs',
  sql: `SELECT coalesce(sum(input), 0) AS input, coalesce(sum(output), 0) AS output, coalesce(sum(reasoning), 0) AS reasoning
FROM calls`,
  row: z.object({ input: z.number(), output: z.number(), reasoning: z.number() }),
  view: {
    kind: 'stat',
    value: 'input',
    label: 'input',
    more: [
      { column: 'output', label: 'output', unit: 'tokens' },
      { column: 'reasoning', label: 'reasoning', unit: 'tokens' },
    ],
    tone: 'model',
    trend: 'tokens-over-time',
  },
  behind: {
    input: sumOf('calls', 'input', 'tokens'),
    output: sumOf('calls', 'output', 'tokens'),
    reasoning: sumOf('calls', 'reasoning', 'tokens'),
  },
  size: { width: 3, height: 1 },
})
