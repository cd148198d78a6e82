import { z } from 'zod'
import { countOf, measureOf, sumOf, togetherOf } from '../behind.ts'
import { knownCost, wholeMs } from '../common.ts'
import { definePanel } from '../panel.ts'

const average = togetherOf('made', countOf('calls', 'completed'))

export const reasoningEffort = definePanel({
  id: 'reasoning-effort',
  dashboard: 'codex',
  section: 'tokens',
  title: 'Reasoning effort',
  meaning:
    'Completed model calls by model and the reasoning effort that was asked for: average reasoning tokens per call, the 95th percentile of their duration, and the estimated cost.',
  excluded: `Failed responses are left out. A call that names no effort ran with the model's default. The cost leaves out calls without a known price, and is unknown ("–") where none has one. ${wholeMs}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT model, effort, calls, perCall, percentile(durations, 95) AS p95, costUsd FROM (
  SELECT model, effort, sum(completed) AS calls, 1.0 * sum(reasoning) / sum(completed) AS perCall, pack(durations_ms) AS durations,
    ${knownCost} AS costUsd
  FROM calls GROUP BY 1, 2 HAVING sum(completed) > 0
) ORDER BY calls DESC, 1, 2`,
  row: z.object({
    model: z.string(),
    effort: z.string(),
    calls: z.number(),
    perCall: z.number(),
    p95: z.number().nullable(),
    costUsd: z.number().nullable(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'model', label: 'Model', unit: 'text' },
      { column: 'effort', label: 'Effort', unit: 'text' },
      { column: 'calls', label: 'Calls', unit: 'count' },
      { column: 'perCall', label: 'Reasoning a call', unit: 'tokens' },
      { column: 'p95', label: 'P95', unit: 'ms' },
      { column: 'costUsd', label: 'Estimated', unit: 'usd' },
    ],
  },
  by: ['model', 'effort'],
  behind: {
    calls: countOf('calls', 'completed'),
    perCall: average,
    p95: measureOf('calls', 'durations_ms'),
    costUsd: sumOf('calls', 'cost_usd', 'usd'),
  },
  spare: true,
  size: { width: 6, height: 2 },
})
