import { z } from 'zod'
import { byUser, countOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

export const sessionsAndCalls = definePanel({
  id: 'sessions-and-calls',
  dashboard: 'codex',
  section: 'now',
  title: 'Sessions and calls',
  meaning:
    "Sessions that a person started and that overlap the range, the person's prompts, and completed model calls.",
  excluded:
    'Sub-agents, reviewers and title threads do not count as sessions, nor their prompts as prompts; their model calls do count. A failed response is not a call here. A model narrows sessions and prompts to sessions that used it, and calls to its own.',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT
  (SELECT count(*) FROM sessions CROSS JOIN dimension ON dimension.id = sessions.dimension WHERE dimension.kind = 'user') AS sessions,
  (SELECT coalesce(sum(prompts), 0) FROM prompts CROSS JOIN dimension ON dimension.id = prompts.dimension
    WHERE dimension.kind = 'user') AS prompts,
  (SELECT coalesce(sum(completed), 0) FROM calls) AS calls`,
  row: z.object({ sessions: z.number(), prompts: z.number(), calls: z.number() }),
  view: {
    kind: 'stat',
    value: 'sessions',
    label: 'sessions',
    one: 'session',
    more: [
      { column: 'prompts', label: 'prompts', one: 'prompt', unit: 'count' },
      { column: 'calls', label: 'model calls', one: 'model call', unit: 'count' },
    ],
    trend: 'conversations-over-time',
  },
  behind: {
    sessions: countOf('sessions', byUser),
    prompts: countOf('prompts', byUser),
    calls: countOf('calls', 'completed'),
  },
  size: { width: 3, height: 1 },
})
