import { z } from 'zod'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

const text = z.string().nullable()

const columns =
  'at_ms AS atMs, service, error_type AS error, duration_ms AS durationMs, trace_id AS traceId, span_id AS spanId, session_id AS sessionId, event'

/** By an index, so that no more is read than is shown. */
const newestFailed = "status = 'failed' ORDER BY start_ns DESC LIMIT 100"

export const recentErrors = definePanel({
  id: 'recent-errors',
  dashboard: 'genai',
  section: 'reliability',
  title: 'Recent errors',
  meaning: 'The newest 100 failures of model calls, tools and agents that began in the range.',
  excluded: `A failure known only from a log has no trace. Filtering by model leaves out tools and agents, which have none. ${ownUser}`,
  unit: 'count',
  needs: 'traces',
  sql: `SELECT * FROM (
  SELECT 'model call' AS kind, coalesce(model, '') AS name, ${columns} FROM (SELECT * FROM app_calls WHERE ${newestFailed})
  UNION ALL SELECT kind, coalesce(name, ''), ${columns} FROM (SELECT * FROM app_steps WHERE ${newestFailed})
) ORDER BY atMs DESC, traceId, spanId LIMIT 100`,
  row: z.object({
    ...{
      kind: z.string(),
      name: z.string(),
      atMs: z.number(),
      service: z.string(),
      error: text,
      durationMs: z.number().nullable(),
    },
    ...{ traceId: z.string(), spanId: z.string(), sessionId: z.string(), event: text },
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'atMs', label: 'Time', unit: 'time' },
      { column: 'service', label: 'Service', unit: 'text' },
      { column: 'kind', label: 'What', unit: 'text' },
      { column: 'name', label: 'Name', unit: 'text' },
      { column: 'error', label: 'Error', unit: 'text' },
      { column: 'durationMs', label: 'After', unit: 'ms' },
    ],
  },
  list: 'errors',
  size: { width: 12, height: 2 },
})
