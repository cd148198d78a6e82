import { z } from 'zod'
import { countOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

export const toolCallsTotal = definePanel({
  id: 'tool-calls-total',
  dashboard: 'codex',
  section: 'now',
  title: 'Tool calls',
  meaning:
    'Tool calls that finished, those that failed, and commands that ran and ended with an exit code other than 0.',
  excluded: `Calls without a result and the scripts of code mode are left out. ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT coalesce(sum(finished), 0) AS calls, coalesce(sum(failed), 0) AS failed, coalesce(sum(non_zero), 0) AS nonZero
FROM tools WHERE role = 'call'`,
  row: z.object({ calls: z.number(), failed: z.number(), nonZero: z.number() }),
  view: {
    kind: 'stat',
    value: 'calls',
    more: [
      { column: 'failed', label: 'failed', unit: 'count' },
      { column: 'nonZero', label: 'exit code ≠ 0', unit: 'count' },
    ],
    tone: 'tool',
  },
  behind: {
    calls: countOf('tools', "finished AND role = 'call'"),
    failed: countOf('tools', "failed AND role = 'call'"),
    nonZero: countOf('tools', "non_zero AND role = 'call'"),
  },
  size: { width: 3, height: 1 },
})
