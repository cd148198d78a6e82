import { z } from 'zod'
import { byUser, countOf, measureOf, withEach } from '../behind.ts'
import { ofSessions, wholeMs, wholeSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

const each = { model: 'models' }

export const sessionDurationByModel = definePanel({
  id: 'session-duration-by-model',
  dashboard: 'codex',
  section: 'latency',
  title: 'Session duration by model',
  meaning:
    'The 95th percentile of how long sessions that a person started took, by the models that they used: from the first record to the last (wall), and inside turns only (busy).',
  excluded: `A session that used several models counts for each; one without a completed call is left out. Sub-agents, reviewers and title threads are left out. An open turn counts up to the last record. Both include waiting for decisions. ${wholeSessions} ${ofSessions} ${wholeMs}`,
  unit: 'ms',
  needs: 'logs',
  sql: `SELECT used.value AS model, p95(wall_ms) AS p95WallMs, p95(busy_ms) AS p95BusyMs, count(*) AS sessions FROM (
  SELECT wall_ms, busy_ms, dimension.models FROM sessions CROSS JOIN dimension ON dimension.id = sessions.dimension
  WHERE dimension.kind = 'user'
) CROSS JOIN json_each(models) AS used GROUP BY 1 ORDER BY 2 DESC, 1`,
  row: z.object({ model: z.string(), p95WallMs: z.number(), p95BusyMs: z.number(), sessions: z.number() }),
  view: {
    kind: 'bars',
    label: 'model',
    value: 'p95WallMs',
    more: [
      { column: 'p95BusyMs', label: 'busy', unit: 'ms' },
      { column: 'sessions', label: 'sessions', one: 'session', unit: 'count' },
    ],
    tone: 'model',
  },
  by: ['model'],
  behind: {
    p95WallMs: withEach(measureOf('sessions', 'wall_ms', byUser), each),
    p95BusyMs: withEach(measureOf('sessions', 'busy_ms', byUser), each),
    sessions: withEach(countOf('sessions', byUser), each),
  },
  spare: true,
  size: { width: 4, height: 2 },
})
