import { z } from 'zod'
import { measureOf } from '../behind.ts'
import { ofSessions, wholeMs } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

const commands = "role = 'call' AND tool IN ('exec_command', 'shell', 'shell_command', 'local_shell', 'container.exec')"

export const commandDuration = definePanel({
  id: 'command-duration',
  dashboard: 'codex',
  section: 'latency',
  title: 'Command duration',
  meaning: 'How long shell commands ran: half of them at most P50, 95 of 100 at most P95.',
  excluded: `Waiting for a person's or the reviewer's decision is not included. Commands without a result are left out. ${wholeMs} ${ofSessions}`,
  unit: 'ms',
  needs: 'logs',
  sql: `SELECT atMs, percentile(runs, 50) AS p50, percentile(runs, 95) AS p95 FROM (
  SELECT ${bucket} AS atMs, pack(runs_ms) AS runs
  FROM tools WHERE ${commands}
  GROUP BY 1
) WHERE runs IS NOT NULL ORDER BY 1`,
  row: z.object({ atMs: z.number(), p50: z.number(), p95: z.number() }),
  view: {
    kind: 'time',
    shape: 'line',
    series: [
      { column: 'p95', label: 'P95', tone: 'tool' },
      { column: 'p50', label: 'P50', tone: 'tool-soft' },
    ],
  },
  behind: {
    p50: measureOf('tools', 'runs_ms', commands),
    p95: measureOf('tools', 'runs_ms', commands),
  },
  size: { width: 4, height: 2 },
})
