import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

const ms = z.number()
const shares = [
  ['model_wait', 'modelWait'],
  ['model_stream', 'modelStream'],
  ['model', 'model'],
  ['tool_run', 'toolRun'],
  ['sandbox_retry', 'sandboxRetry'],
  ['hook', 'hook'],
  ['retry', 'retry'],
  ['wait_user', 'waitUser'],
  ['wait_reviewer', 'waitReviewer'],
  ['away', 'away'],
  ['unaccounted', 'unaccounted'],
  ['unknown', 'unknown'],
] as const

export const waitShare = definePanel({
  id: 'wait-share',
  dashboard: 'codex',
  section: 'latency',
  title: 'Where the time went',
  meaning:
    'What the time of turns went to, at the time when they started: the shares add up to the length of the turns.',
  excluded: `The time between turns is left out. A turn that has not ended counts up to the last record. Without traces it is not known how long the model took: that time is "unknown"; what only a session file says of it is "model, not split", an upper bound. A helper's turn counts in addition to the one that waits for it. ${ofSessions}`,
  unit: 'ms',
  needs: 'traces',
  sql: `SELECT ${bucket} AS atMs,
  ${shares.map(([share, column]) => `total(iif(share = '${share}', ns, 0)) / 1e6 AS ${column}`).join(',\n  ')}
FROM shares WHERE share <> 'between_turns' GROUP BY 1 ORDER BY 1`,
  row: z.object({
    ...{ atMs: z.number(), modelWait: ms, modelStream: ms, model: ms, toolRun: ms, sandboxRetry: ms, retry: ms },
    ...{ hook: ms, waitUser: ms, waitReviewer: ms, away: ms, unaccounted: ms, unknown: ms },
  }),
  view: {
    kind: 'time',
    shape: 'bars',
    series: [
      { column: 'modelWait', label: 'model, before the first item', tone: 'model-soft' },
      { column: 'modelStream', label: 'model, streaming', tone: 'model' },
      { column: 'model', label: 'model, not split', tone: 'model' },
      { column: 'toolRun', label: 'tools', tone: 'tool' },
      { column: 'sandboxRetry', label: 'sandbox, run again', tone: 'tool-soft' },
      { column: 'hook', label: 'hooks', tone: 'hook' },
      { column: 'retry', label: 'retries and backoff', tone: 'error' },
      { column: 'waitUser', label: 'waiting for you', tone: 'wait' },
      { column: 'waitReviewer', label: 'waiting for the reviewer', tone: 'wait-soft' },
      { column: 'away', label: 'machine away', tone: 'line-strong' },
      { column: 'unaccounted', label: 'unaccounted', tone: 'helper' },
      { column: 'unknown', label: 'unknown', tone: 'idle' },
    ],
  },
  behind: Object.fromEntries(
    shares.map(([share, column]) => [column, sumOf('shares', 'ns / 1e6', 'ms', `share = '${share}'`)]),
  ),
  size: { width: 8, height: 2 },
})
