import { z } from 'zod'
import { countOf, togetherOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const toolSuccessOverTime = definePanel({
  id: 'tool-success-over-time',
  dashboard: 'codex',
  section: 'reliability',
  title: 'Tool success over time',
  meaning:
    'The share of finished calls that Codex reports as successful, and of those whose command also ended with exit code 0.',
  excluded: `Calls without a result and the scripts of code mode are left out. ${ofSessions}`,
  unit: 'share',
  needs: 'logs',
  sql: `SELECT ${bucket} AS atMs, 1.0 - 1.0 * sum(failed) / sum(finished) AS rate, 1.0 * sum(clean) / sum(finished) AS clean
FROM tools WHERE role = 'call' GROUP BY 1 HAVING sum(finished) > 0 ORDER BY 1`,
  row: z.object({ atMs: z.number(), rate: z.number(), clean: z.number() }),
  view: {
    kind: 'time',
    shape: 'line',
    series: [
      { column: 'rate', label: 'success', tone: 'tool' },
      { column: 'clean', label: 'success and exit code 0', tone: 'tool-soft' },
    ],
    threshold: { value: 0.9, label: '90 %' },
  },
  behind: {
    rate: togetherOf('made', countOf('tools', "finished AND role = 'call'")),
    clean: togetherOf('made', countOf('tools', "finished AND role = 'call'")),
  },
  spare: true,
  size: { width: 4, height: 2 },
})
