import { z } from 'zod'
import { countOf, togetherOf } from '../behind.ts'
import { bucket, definePanel } from '../panel.ts'
import { statusOfAttempt, streamCut, turnFailed } from './api-errors.ts'

const excluded =
  'Everything that was tried is what completed, what broke off, and every failed request, including those repeated with success. "no status" is a request that got no answer, or one over a websocket.'

const errors = [countOf('attempts', 'failed', { status: statusOfAttempt }), countOf('calls', 'broken', streamCut)]

const shared = {
  dashboard: 'codex',
  section: 'reliability',
  unit: 'share',
  needs: 'logs',
  size: { width: 6, height: 2 },
} as const

export const apiErrorRateByModel = definePanel({
  ...shared,
  id: 'api-error-rate-by-model',
  title: 'API error rate by model',
  meaning: 'Failed requests and responses that broke off, of everything that was tried with a model, over time.',
  excluded: `${excluded} A model that was not tried in a bucket has no rate there. Turns that failed without a word of a request name no model: they are in the rate by status.`,
  sql: `SELECT atMs, model, 1.0 * sum(errors) / sum(tried) AS rate FROM (
  SELECT ${bucket} AS atMs, model, failed AS errors, failed AS tried FROM attempts
  UNION ALL SELECT ${bucket}, model, broken, broken + completed FROM calls
) GROUP BY 1, 2 HAVING sum(tried) > 0 ORDER BY 1, 2`,
  row: z.object({ atMs: z.number(), model: z.string(), rate: z.number() }),
  view: { kind: 'time-by', shape: 'line', group: 'model', value: 'rate' },
  by: ['model'],
  behind: { rate: togetherOf('made', ...errors) },
})

export const apiErrorRateByStatus = definePanel({
  ...shared,
  id: 'api-error-rate-by-status',
  title: 'API error rate by status',
  meaning:
    'The share of everything that was tried that failed with each HTTP status, as a stream that was cut, or as a turn that failed without a word of either ("turn failed").',
  excluded: `${excluded} A turn counts when it began, where its session file alone tells that it failed. All statuses together are the rate of all errors.`,
  sql: `SELECT atMs, status, errors / everything AS rate FROM (
  SELECT atMs, status, sum(errors) AS errors, total(sum(tried)) OVER (PARTITION BY atMs) AS everything FROM (
    SELECT ${bucket} AS atMs, ${statusOfAttempt} AS status, failed AS errors, failed AS tried FROM attempts
    UNION ALL SELECT ${bucket}, 'stream cut', broken, broken + completed FROM calls
    UNION ALL SELECT ${bucket}, 'turn failed', failed_alone, failed_alone FROM turns
  ) GROUP BY 1, 2
) WHERE errors > 0 ORDER BY 1, 2`,
  row: z.object({ atMs: z.number(), status: z.string(), rate: z.number() }),
  view: { kind: 'time-by', shape: 'bars', group: 'status', value: 'rate' },
  by: ['status'],
  behind: { rate: togetherOf('made', ...errors, countOf('turns', 'failed_alone', turnFailed)) },
})
