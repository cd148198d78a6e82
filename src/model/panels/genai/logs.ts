import { z } from 'zod'
import { definePanel } from '../panel.ts'

export const logs = definePanel({
  id: 'logs',
  dashboard: 'genai',
  section: 'where',
  title: 'Logs',
  meaning: 'The newest 100 log records in the range of services other than Codex.',
  excluded:
    'Only source and app version narrow them: a record itself names neither model nor user. "Session" is empty where it names none.',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT log.time_ns / 1000000 AS atMs, CAST(log.time_ns AS TEXT) AS timeNs, service, name.text AS event, severity,
  log.body || ':' || log.at AS message, conversation.id AS sessionId
FROM (SELECT id, service FROM app_logs ORDER BY time_ns DESC, id DESC LIMIT 100) AS newest
  CROSS JOIN log ON log.id = newest.id JOIN name ON name.id = log.name
  LEFT JOIN conversation ON conversation.key = log.conversation
ORDER BY log.time_ns DESC, log.id DESC`,
  row: z.object({
    atMs: z.number(),
    timeNs: z.string(),
    service: z.string(),
    event: z.string(),
    severity: z.number(),
    message: z.string(),
    sessionId: z.string().nullable(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'atMs', label: 'Time', unit: 'time' },
      { column: 'service', label: 'Service', unit: 'text' },
      { column: 'event', label: 'Event', unit: 'text' },
      { column: 'severity', label: 'Severity', unit: 'severity' },
      { column: 'message', label: 'Message', unit: 'text' },
      { column: 'sessionId', label: 'Session', unit: 'text' },
    ],
  },
  tells: { column: 'message', event: 'event' },
  list: 'logs',
  size: { width: 12, height: 2 },
})
