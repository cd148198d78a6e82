import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { bucket, definePanel } from '../panel.ts'

export const tokensOverTime = definePanel({
  id: 'tokens-over-time',
  dashboard: 'codex',
  section: 'tokens',
  title: 'Token usage over time',
  meaning: 'Tokens of completed model calls, at the time when the response ended.',
  excluded: 'Failed responses report no tokens. Reasoning is shown separately from the rest of the output.',
  unit: 'tokens',
  needs: 'logs',
  sql: `SELECT ${bucket} AS atMs, sum(cached) AS cached, sum(input - cached) AS uncached,
  sum(output - reasoning) AS output, sum(reasoning) AS reasoning
FROM calls GROUP BY 1 HAVING sum(completed) > 0 ORDER BY 1`,
  row: z.object({
    atMs: z.number(),
    cached: z.number(),
    uncached: z.number(),
    output: z.number(),
    reasoning: z.number(),
  }),
  view: {
    kind: 'time',
    shape: 'area',
    series: [
      { column: 'cached', label: 'cached input', tone: 'tool' },
      { column: 'uncached', label: 'uncached input', tone: 'model' },
      { column: 'output', label: 'output', tone: 'model-soft' },
      { column: 'reasoning', label: 'reasoning', tone: 'wait' },
    ],
  },
  behind: {
    cached: sumOf('calls', 'cached', 'tokens'),
    uncached: sumOf('calls', 'input - cached', 'tokens'),
    output: sumOf('calls', 'output - reasoning', 'tokens'),
    reasoning: sumOf('calls', 'reasoning', 'tokens'),
  },
  size: { width: 6, height: 2 },
})
