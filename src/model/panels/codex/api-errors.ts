import { z } from 'zod'
import { countOf, togetherOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

/** As a panel names it; 0 is none. */
export const statusOfAttempt = "CASE WHEN status = 0 THEN 'no status' ELSE CAST(status AS TEXT) END"
export const streamCut = { status: "'stream cut'" }
/** Its session file alone tells of it, and names neither a status nor a model. */
export const turnFailed = { status: "'turn failed'" }

export const apiErrors = definePanel({
  id: 'api-errors',
  dashboard: 'codex',
  section: 'reliability',
  title: 'API errors',
  meaning:
    'Failed requests to the model by model and HTTP status, responses that broke off ("stream cut"), and turns that failed without a word of either ("turn failed").',
  excluded:
    'Every failed request counts, including those repeated with success. "no status" is a request that got no answer, or one over a websocket. A stream that breaks leaves two records but counts once. A turn counts where only its session file tells that it failed, which names neither a status nor a model.',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT model, status, sum(errors) AS errors FROM (
  SELECT model, ${statusOfAttempt} AS status, failed AS errors
  FROM attempts
  UNION ALL SELECT model, 'stream cut', broken FROM calls
  UNION ALL SELECT '', 'turn failed', failed_alone FROM turns
) GROUP BY 1, 2 HAVING sum(errors) > 0 ORDER BY 1, 2`,
  row: z.object({ model: z.string(), status: z.string(), errors: z.number() }),
  view: { kind: 'heat', x: 'status', y: 'model', value: 'errors', tone: 'error' },
  by: ['model', 'status'],
  behind: {
    errors: togetherOf(
      'count',
      countOf('attempts', 'failed', { status: statusOfAttempt }),
      countOf('calls', 'broken', streamCut),
      countOf('turns', 'failed_alone', { model: "''", ...turnFailed }),
    ),
  },
  size: { width: 6, height: 2 },
})
