import { z } from 'zod'
import { definePanel } from '../panel.ts'

export const burnRate = definePanel({
  id: 'burn-rate',
  dashboard: 'codex',
  section: 'now',
  title: 'Burn rate',
  meaning: 'Input and output tokens a minute over the last 5 minutes and the last hour before the end of the range.',
  excluded:
    'Where the range begins does not matter. The cost an hour is that of the last hour, without calls of models that have no known price.',
  unit: 'tokens/min',
  needs: 'logs',
  lastMs: 3_600_000,
  sql: `SELECT total(iif(at_ms >= :toMs - 300000, input + output, 0)) / 5 AS last5, total(input + output) / 60 AS last60,
  iif(sum(unpriced) > 0, sum(cost_usd), total(cost_usd)) AS usdPerHour,
  12 * iif(sum(iif(at_ms >= :toMs - 300000, unpriced, 0)) > 0, sum(iif(at_ms >= :toMs - 300000, cost_usd, NULL)),
    total(iif(at_ms >= :toMs - 300000, cost_usd, 0))) AS usdPerHourOf5
FROM calls`,
  row: z.object({
    last5: z.number(),
    last60: z.number(),
    usdPerHour: z.number().nullable(),
    usdPerHourOf5: z.number().nullable(),
  }),
  view: {
    kind: 'stat',
    value: 'last5',
    more: [
      { column: 'last60', label: 'over an hour', unit: 'tokens/min' },
      { column: 'usdPerHour', label: 'estimated', unit: 'usd/h' },
    ],
    tone: 'accent',
  },
  drill: 'sessions',
  size: { width: 2, height: 1 },
})
