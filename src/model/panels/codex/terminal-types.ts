import { z } from 'zod'
import { byUser, countOf, ofDimension } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

export const terminalTypes = definePanel({
  id: 'terminal-types',
  dashboard: 'codex',
  section: 'where',
  title: 'Terminals',
  meaning: 'Sessions that a person started and that overlap the range, by terminal.',
  excluded: `Sub-agents, reviewers and title threads are left out. ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT terminal, count(*) AS sessions
FROM (SELECT dimension FROM sessions) AS each CROSS JOIN dimension ON dimension.id = each.dimension
WHERE kind = 'user' GROUP BY 1 ORDER BY 2 DESC, 1`,
  row: z.object({ terminal: z.string(), sessions: z.number() }),
  view: { kind: 'pie', label: 'terminal', value: 'sessions' },
  by: ['terminal'],
  behind: {
    sessions: countOf('sessions', byUser, { terminal: ofDimension('terminal') }),
  },
  size: { width: 4, height: 2 },
})
