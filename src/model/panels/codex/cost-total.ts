import { z } from 'zod'
import { byUser, countOf, sumOf, togetherOf } from '../behind.ts'
import { knownCost } from '../common.ts'
import { definePanel } from '../panel.ts'

export const costTotal = definePanel({
  id: 'cost-total',
  dashboard: 'codex',
  section: 'now',
  title: 'Estimated cost',
  meaning: 'What the completed model calls would cost at API prices: an estimate, never a bill.',
  excluded:
    'Calls of models without a known price are counted separately, never as $0. Helpers are sub-agents, reviewers and title threads; their share is of the known cost.',
  unit: 'usd',
  needs: 'logs',
  sql: `SELECT ${knownCost} AS costUsd,
  sum(iif(dimension.kind <> 'user', cost_usd, 0)) / nullif(sum(cost_usd), 0) AS helpersShare,
  coalesce(sum(unpriced), 0) AS unpriced
FROM calls CROSS JOIN dimension ON dimension.id = calls.dimension`,
  row: z.object({ costUsd: z.number().nullable(), helpersShare: z.number().nullable(), unpriced: z.number() }),
  view: {
    kind: 'stat',
    value: 'costUsd',
    more: [
      { column: 'helpersShare', label: 'by helpers', unit: 'share' },
      { column: 'unpriced', label: 'unpriced calls', one: 'unpriced call', unit: 'count' },
    ],
    tone: 'accent',
    trend: 'cost-over-time',
  },
  behind: {
    costUsd: sumOf('calls', 'cost_usd', 'usd'),
    helpersShare: togetherOf('made', sumOf('calls', 'cost_usd', 'usd', `NOT (${byUser})`)),
    unpriced: countOf('calls', 'unpriced'),
  },
  size: { width: 3, height: 1 },
})
