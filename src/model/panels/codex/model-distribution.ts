import { z } from 'zod'
import { countOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

export const modelDistribution = definePanel({
  id: 'model-distribution',
  dashboard: 'codex',
  section: 'where',
  title: 'Models',
  meaning: 'Completed model calls by model.',
  excluded: 'Failed responses are left out.',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT model, sum(completed) AS calls
FROM calls GROUP BY 1 HAVING sum(completed) > 0 ORDER BY 2 DESC, 1`,
  row: z.object({ model: z.string(), calls: z.number() }),
  view: { kind: 'pie', label: 'model', value: 'calls' },
  by: ['model'],
  behind: {
    calls: countOf('calls', 'completed'),
  },
  size: { width: 4, height: 2 },
})
