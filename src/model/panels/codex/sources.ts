import { z } from 'zod'
import { byUser, countOf, ofDimension } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

export const sources = definePanel({
  id: 'sources',
  dashboard: 'codex',
  section: 'where',
  title: 'Sources',
  meaning:
    'Sessions that a person started and that overlap the range, by what started them, the process that ran them, environment and version.',
  excluded: `Sub-agents, reviewers and title threads are left out. ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT originator, service AS source, environment, app_version AS appVersion, count(*) AS sessions
FROM (SELECT dimension FROM sessions) AS each CROSS JOIN dimension ON dimension.id = each.dimension
WHERE kind = 'user' GROUP BY 1, 2, 3, 4 ORDER BY sessions DESC, 1, 2, 3, 4`,
  row: z.object({
    originator: z.string(),
    source: z.string(),
    environment: z.string(),
    appVersion: z.string(),
    sessions: z.number(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'originator', label: 'Originator', unit: 'text' },
      { column: 'source', label: 'Source', unit: 'text' },
      { column: 'environment', label: 'Environment', unit: 'text' },
      { column: 'appVersion', label: 'Version', unit: 'text' },
      { column: 'sessions', label: 'Sessions', unit: 'count' },
    ],
  },
  by: ['originator', 'source', 'environment', 'appVersion'],
  behind: {
    sessions: countOf('sessions', byUser, {
      originator: ofDimension('originator'),
      source: ofDimension('service'),
      environment: ofDimension('environment'),
      appVersion: ofDimension('app_version'),
    }),
  },
  size: { width: 12, height: 2 },
})
