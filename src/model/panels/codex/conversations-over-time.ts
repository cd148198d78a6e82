import { z } from 'zod'
import { byUser, countOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

export const conversationsOverTime = definePanel({
  id: 'conversations-over-time',
  dashboard: 'codex',
  section: 'activity',
  title: 'Conversations over time',
  meaning: 'Sessions that a person started, by the time of their first record.',
  excluded: `Sub-agents, reviewers and title threads are left out, as are sessions that began before the range. ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT ${bucket} AS atMs, count(*) AS sessions
FROM sessions CROSS JOIN dimension ON dimension.id = sessions.dimension
WHERE dimension.kind = 'user' AND started GROUP BY 1 ORDER BY 1`,
  row: z.object({ atMs: z.number(), sessions: z.number() }),
  view: { kind: 'time', shape: 'bars', series: [{ column: 'sessions', label: 'started', tone: 'accent' }] },
  behind: {
    sessions: countOf('sessions', `started AND ${byUser}`),
  },
  size: { width: 4, height: 2 },
})
