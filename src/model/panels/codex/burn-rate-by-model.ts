import { z } from 'zod'
import { countOf, ofDimension, sumOf, togetherOf } from '../behind.ts'
import { knownCost } from '../common.ts'
import { definePanel } from '../panel.ts'

const environment = { environment: ofDimension('environment') }

export const burnRateByModel = definePanel({
  id: 'burn-rate-by-model',
  dashboard: 'codex',
  section: 'tokens',
  title: 'Burn rate by model and environment',
  meaning: 'Input and output tokens a minute, and the cost an hour, over the last hour before the end of the range.',
  excluded:
    'Where the range begins does not matter. The cost leaves out calls of models without a known price, and is unknown ("–") where none has one.',
  unit: 'tokens/min',
  needs: 'logs',
  lastMs: 3_600_000,
  sql: `SELECT model, environment, total(input + output) / 60 AS perMinute, ${knownCost} AS usdPerHour, sum(completed) AS calls
FROM calls CROSS JOIN dimension ON dimension.id = calls.dimension
GROUP BY 1, 2 HAVING sum(completed) > 0 ORDER BY 3 DESC, 1, 2`,
  row: z.object({
    model: z.string(),
    environment: z.string(),
    perMinute: z.number(),
    usdPerHour: z.number().nullable(),
    calls: z.number(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'model', label: 'Model', unit: 'text' },
      { column: 'environment', label: 'Environment', unit: 'text' },
      { column: 'perMinute', label: 'Burn rate', unit: 'tokens/min' },
      { column: 'usdPerHour', label: 'Estimated', unit: 'usd/h' },
      { column: 'calls', label: 'Calls', unit: 'count' },
    ],
  },
  by: ['model', 'environment'],
  behind: {
    perMinute: togetherOf('made', sumOf('calls', 'input + output', 'tokens', '1', environment)),
    usdPerHour: sumOf('calls', 'cost_usd', 'usd', '1', environment),
    calls: countOf('calls', 'completed', environment),
  },
  spare: true,
  size: { width: 6, height: 2 },
})
