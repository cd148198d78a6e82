import { z } from 'zod'
import { countOf, togetherOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

const withoutAnswer = [countOf('attempts', 'final_failed'), countOf('turns', 'failed_alone')]

export const apiSuccessRate = definePanel({
  id: 'api-success-rate',
  dashboard: 'codex',
  section: 'reliability',
  title: 'API success rate',
  meaning:
    'Completed responses as a share of all that were tried: completed, broken off, or without an answer: with a failed last request, or a turn that failed without a word of any.',
  excluded:
    'Each response counts once, however often its request was repeated: a request that failed and was repeated with success is a retry, not a failure. A response that broke off stays a failure even where the next try succeeded. Opening a websocket is not a response. Of a turn whose failure its session file alone tells, one response counts, when the turn began; it names no model.',
  unit: 'share',
  needs: 'logs',
  sql: `SELECT 1.0 * completed / nullif(completed + broken + refused, 0) AS rate, completed, broken, refused FROM
  (SELECT coalesce(sum(completed), 0) AS completed, coalesce(sum(broken), 0) AS broken FROM calls),
  (SELECT (SELECT coalesce(sum(final_failed), 0) FROM attempts) + (SELECT coalesce(sum(failed_alone), 0) FROM turns) AS refused)`,
  row: z.object({ rate: z.number().nullable(), completed: z.number(), broken: z.number(), refused: z.number() }),
  view: {
    kind: 'stat',
    value: 'rate',
    more: [
      { column: 'completed', label: 'completed', unit: 'count' },
      { column: 'broken', label: 'broken off', unit: 'count' },
      { column: 'refused', label: 'without an answer', unit: 'count' },
    ],
    trend: 'calls-over-time',
  },
  behind: {
    rate: togetherOf('made', countOf('calls', 'completed'), countOf('calls', 'broken'), ...withoutAnswer),
    completed: countOf('calls', 'completed'),
    broken: countOf('calls', 'broken'),
    refused: togetherOf('count', ...withoutAnswer),
  },
  size: { width: 3, height: 2 },
})
