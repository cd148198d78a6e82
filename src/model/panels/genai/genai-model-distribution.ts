import { z } from 'zod'
import { countOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

const model = { model: "coalesce(model, '')" }

export const genaiModelDistribution = definePanel({
  id: 'genai-model-distribution',
  dashboard: 'genai',
  section: 'tokens',
  title: 'Models',
  meaning: 'Model calls by the model that answered, or else the one asked for.',
  excluded: `Failed calls count: they, too, were sent to a model. ${ownUser}`,
  unit: 'count',
  needs: 'traces',
  sql: `SELECT model, sum(calls) AS calls FROM app_call_sums GROUP BY 1 ORDER BY 2 DESC, 1`,
  row: z.object({ model: z.string(), calls: z.number() }),
  view: { kind: 'pie', label: 'model', value: 'calls' },
  by: ['model'],
  behind: {
    calls: countOf('app_calls', '1', model),
  },
  size: { width: 6, height: 2 },
})
