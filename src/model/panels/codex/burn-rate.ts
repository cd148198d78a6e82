import { z } from 'zod'
import { sumOf, togetherOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

const lately = (minutes: number): string => `at_ms >= :toMs - ${minutes * 60_000}`

/** Midnight in the machine's time zone, as budgets of a day count. */
const midnight = "strftime('%s', :toMs / 1000, 'unixepoch', 'localtime', 'start of day', 'utc') * 1000"

export const burnRate = definePanel({
  id: 'burn-rate',
  dashboard: 'codex',
  section: 'now',
  title: 'Burn rate',
  meaning:
    'Input and output tokens a minute over the last 5 minutes and the last hour before the end of the range, and the cost of the day against its budget.',
  excluded:
    'Where the range begins does not matter. The budget is the smallest daily one among the alert rules that are switched on; the day begins at local midnight. The cost an hour is that of the last hour, without calls of models that have no known price.',
  unit: 'tokens/min',
  needs: 'logs',
  lastMs: 90_000_000,
  sql: `SELECT last5, last60, usdPerHour, usdPerHourOf5, usdToday, budgetUsd, usdToday / budgetUsd AS ofBudget FROM (
  SELECT total(iif(${lately(5)}, input + output, 0)) / 5 AS last5, total(iif(${lately(60)}, input + output, 0)) / 60 AS last60,
    iif(sum(iif(${lately(60)}, unpriced, 0)) > 0, sum(iif(${lately(60)}, cost_usd, NULL)),
      total(iif(${lately(60)}, cost_usd, 0))) AS usdPerHour,
    12 * iif(sum(iif(${lately(5)}, unpriced, 0)) > 0, sum(iif(${lately(5)}, cost_usd, NULL)),
      total(iif(${lately(5)}, cost_usd, 0))) AS usdPerHourOf5,
    total(iif(at_ms >= ${midnight}, cost_usd, 0)) AS usdToday
  FROM calls
) CROSS JOIN (
  SELECT min(watched ->> '$.limit') AS budgetUsd FROM alert_rule
  WHERE enabled = 1 AND watched ->> '$.kind' = 'budget' AND watched ->> '$.measure' = 'usd' AND watched ->> '$.per' = 'day'
)`,
  row: z.object({
    last5: z.number(),
    last60: z.number(),
    usdPerHour: z.number().nullable(),
    usdPerHourOf5: z.number().nullable(),
    usdToday: z.number(),
    /** null: no rule of the alerts sets one. */
    budgetUsd: z.number().nullable(),
    ofBudget: z.number().nullable(),
  }),
  view: {
    kind: 'stat',
    value: 'last5',
    more: [
      { column: 'last60', label: 'over an hour', unit: 'tokens/min' },
      { column: 'usdPerHour', label: 'estimated', unit: 'usd/h' },
      { column: 'budgetUsd', label: 'day budget', unit: 'usd', whereKnown: true },
    ],
    meter: 'ofBudget',
    tone: 'accent',
  },
  behind: {
    last5: togetherOf('made', sumOf('calls', 'input + output', 'tokens', lately(5))),
    last60: togetherOf('made', sumOf('calls', 'input + output', 'tokens', lately(60))),
    usdPerHour: sumOf('calls', 'cost_usd', 'usd', lately(60)),
    budgetUsd: togetherOf('made', sumOf('calls', 'cost_usd', 'usd', `at_ms >= ${midnight}`)),
  },
  size: { width: 3, height: 1 },
})
