import { z } from 'zod'
import { countOf, togetherOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

export const toolSuccessRate = definePanel({
  id: 'tool-success-rate',
  dashboard: 'codex',
  section: 'reliability',
  title: 'Tool success rate',
  meaning: 'The share of a tool’s finished calls that Codex reports as successful.',
  excluded: `A command that ran and ended with an exit code other than 0 is a success here and counted separately. Calls without a result and the scripts of code mode are left out. ${ofSessions}`,
  unit: 'share',
  needs: 'logs',
  sql: `SELECT tool, 1.0 * (sum(finished) - sum(failed)) / sum(finished) AS rate, sum(finished) AS calls, sum(failed) AS failed,
  sum(non_zero) AS nonZero
FROM tools WHERE role = 'call' GROUP BY 1 HAVING sum(finished) > 0 ORDER BY calls DESC, 1`,
  row: z.object({
    ...{ tool: z.string(), rate: z.number(), calls: z.number(), failed: z.number(), nonZero: z.number() },
  }),
  view: {
    kind: 'bars',
    label: 'tool',
    value: 'rate',
    more: [
      { column: 'calls', label: 'calls', one: 'call', unit: 'count' },
      { column: 'failed', label: 'failed', unit: 'count' },
      { column: 'nonZero', label: 'exit code ≠ 0', unit: 'count' },
    ],
    tone: 'tool',
    threshold: { value: 0.9, label: '90 %' },
  },
  by: ['tool'],
  behind: {
    rate: togetherOf('made', countOf('tools', "finished AND role = 'call'")),
    calls: countOf('tools', "finished AND role = 'call'"),
    failed: countOf('tools', "failed AND role = 'call'"),
    nonZero: countOf('tools', "non_zero AND role = 'call'"),
  },
  size: { width: 4, height: 2 },
})
