import { z } from 'zod'
import { byUser, countOf, measureOf, ofDimension, sumOf } from '../behind.ts'
import { ofSessions, wholeMs, wholeSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

const batch = {
  batch: "coalesce(batch, '')",
  originator: ofDimension('originator'),
  environment: ofDimension('environment'),
}

export const batches = definePanel({
  id: 'batches',
  dashboard: 'codex',
  section: 'where',
  title: 'Batches',
  meaning:
    'Sessions of one originator, environment and batch (the attribute `batch` of their spans) together: what they used, how long they worked, and the one that worked longest.',
  excluded: `Durations are time inside turns of sessions that a person started; tokens, cost and errors include their helpers. Errors are failed requests, responses that broke off, failed tool calls and scripts, and turns that failed without a word of a request. An open turn counts up to the last record. ${wholeMs} ${wholeSessions} ${ofSessions} The cost leaves out calls of models without a known price.`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT originator, environment, batch, sum(kind = 'user') AS sessions, sum(tokens) AS tokens,
  iif(sum(unpriced_calls) > 0, sum(cost_usd), total(cost_usd)) AS costUsd, sum(iif(kind = 'user', busy_ms, 0)) AS durationMs,
  sum(errors) AS errors, max(iif(kind = 'user', busy_ms, NULL)) AS longestMs, session_id AS longestId
FROM (
  SELECT sessions.id AS session_id, sessions.dimension AS in_dimension, input_tokens + output_tokens AS tokens, cost_usd,
    unpriced_calls, busy_ms, errors, coalesce(batch, '') AS batch
  FROM sessions
) CROSS JOIN dimension ON dimension.id = in_dimension
GROUP BY 1, 2, 3 HAVING sum(kind = 'user') > 0 ORDER BY sessions DESC, 1, 2, 3`,
  row: z.object({
    originator: z.string(),
    environment: z.string(),
    batch: z.string(),
    sessions: z.number(),
    tokens: z.number(),
    costUsd: z.number().nullable(),
    durationMs: z.number(),
    errors: z.number(),
    longestMs: z.number(),
    longestId: z.string(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'originator', label: 'Originator', unit: 'text' },
      { column: 'environment', label: 'Environment', unit: 'text' },
      { column: 'batch', label: 'Batch', unit: 'text' },
      { column: 'sessions', label: 'Sessions', unit: 'count' },
      { column: 'tokens', label: 'Tokens', unit: 'tokens' },
      { column: 'costUsd', label: 'Estimated cost', unit: 'usd' },
      { column: 'durationMs', label: 'Busy', unit: 'ms' },
      { column: 'errors', label: 'Errors', unit: 'count' },
      { column: 'longestMs', label: 'Longest', unit: 'ms' },
      { column: 'longestId', label: 'Longest session', unit: 'text' },
    ],
  },
  by: ['originator', 'environment', 'batch'],
  behind: {
    sessions: countOf('sessions', byUser, batch),
    tokens: sumOf('sessions', 'input_tokens + output_tokens', 'tokens', '1', batch),
    costUsd: sumOf('sessions', 'cost_usd', 'usd', '1', batch),
    durationMs: sumOf('sessions', 'busy_ms', 'ms', byUser, batch),
    errors: sumOf('sessions', 'errors', 'count', '1', batch),
    longestMs: measureOf('sessions', 'busy_ms', byUser, batch),
  },
  size: { width: 12, height: 2 },
})
