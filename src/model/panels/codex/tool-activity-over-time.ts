import { z } from 'zod'
import { countOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const toolActivityOverTime = definePanel({
  id: 'tool-activity-over-time',
  dashboard: 'codex',
  section: 'activity',
  title: 'Tool activity over time',
  meaning: 'Finished tool calls by tool, at the time of their result.',
  excluded: `Scripts of code mode are left out, since the calls that they make count; so are calls without a result. ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT ${bucket} AS atMs, tool, sum(finished) AS calls
FROM tools WHERE role = 'call' GROUP BY 1, 2 HAVING sum(finished) > 0 ORDER BY 1, 2`,
  row: z.object({ atMs: z.number(), tool: z.string(), calls: z.number() }),
  view: { kind: 'time-by', shape: 'bars', group: 'tool', value: 'calls' },
  by: ['tool'],
  behind: {
    calls: countOf('tools', "finished AND role = 'call'"),
  },
  size: { width: 4, height: 2 },
})
