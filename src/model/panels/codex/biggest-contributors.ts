import { z } from 'zod'
import { countOf, sumOf } from '../behind.ts'
import { ofSessions, wholeMs } from '../common.ts'
import { definePanel } from '../panel.ts'

export const biggestContributors = definePanel({
  id: 'biggest-contributors',
  dashboard: 'codex',
  section: 'latency',
  title: 'Commands and tools by time',
  meaning:
    'What the tool calls of all sessions together spent their time on: commands by program and subcommand, other calls by tool; the forty largest.',
  excluded: `Waiting for decisions is not included, calls that ran at the same time each count in full, and the scripts of code mode are left out: their calls count instead. A line that does more than run one program is listed under its first one, as a script. ${ofSessions} ${wholeMs}`,
  unit: 'ms',
  needs: 'logs',
  sql: `SELECT command, sum(ran_ms) AS ranMs, sum(calls) AS calls, sum(failed) AS failed
FROM commands GROUP BY 1 HAVING sum(ran_ms) > 0 ORDER BY 2 DESC, 1 LIMIT 40`,
  row: z.object({ command: z.string(), ranMs: z.number(), calls: z.number(), failed: z.number() }),
  view: {
    kind: 'bars',
    label: 'command',
    value: 'ranMs',
    more: [
      { column: 'calls', label: 'calls', one: 'call', unit: 'count' },
      { column: 'failed', label: 'failed', unit: 'count' },
    ],
    tone: 'tool',
  },
  by: ['command'],
  behind: {
    ranMs: sumOf('commands', 'ran_ms', 'ms'),
    calls: countOf('commands', 'calls'),
    failed: countOf('commands', 'failed'),
  },
  size: { width: 4, height: 2 },
})
