import { z } from 'zod'
import { byUser, countOf, sumOf, togetherOf } from '../behind.ts'
import { ofSessions, wholeSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

/** Models in the order in which a session first used them. */
const named = (models: string): string => `(SELECT group_concat(value, ' + ') FROM json_each(${models}))`
const models = { models: named('models') }
const priced = `${byUser} AND models <> '[]' AND cost_usd IS NOT NULL`
const madeOf = togetherOf('made', sumOf('sessions', 'cost_usd', 'usd', priced, models))

export const costOfWork = definePanel({
  id: 'cost-of-work',
  dashboard: 'codex',
  section: 'tokens',
  title: 'Cost of work by model',
  meaning:
    'What sessions that a person started cost on average per session, turn and tool call, by the models that they used.',
  excluded: `A session that used several models is listed under all of them together. Calls without a known price count as nothing, and sessions without any priced call are left out. The cost of sub-agents, reviewers and title threads is not included. ${wholeSessions} ${ofSessions}`,
  unit: 'usd',
  needs: 'logs',
  sql: `SELECT ${named('used')} AS models, sessions, costUsd, costUsd / sessions AS perSession, costUsd / nullif(turns, 0) AS perTurn,
  costUsd / nullif(tools, 0) AS perTool
FROM (
  SELECT models AS used, count(*) AS sessions, sum(cost_usd) AS costUsd, sum(turns) AS turns, sum(tool_calls) AS tools
  FROM sessions WHERE kind = 'user' AND models <> '[]' AND cost_usd IS NOT NULL GROUP BY 1
) ORDER BY costUsd DESC, 1`,
  row: z.object({
    models: z.string(),
    sessions: z.number(),
    costUsd: z.number(),
    perSession: z.number(),
    perTurn: z.number().nullable(),
    perTool: z.number().nullable(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'models', label: 'Models', unit: 'text' },
      { column: 'sessions', label: 'Sessions', unit: 'count' },
      { column: 'costUsd', label: 'Estimated', unit: 'usd' },
      { column: 'perSession', label: 'A session', unit: 'usd' },
      { column: 'perTurn', label: 'A turn', unit: 'usd' },
      { column: 'perTool', label: 'A tool call', unit: 'usd' },
    ],
  },
  by: ['models'],
  behind: {
    sessions: countOf('sessions', priced, models),
    costUsd: sumOf('sessions', 'cost_usd', 'usd', priced, models),
    perSession: madeOf,
    perTurn: madeOf,
    perTool: madeOf,
  },
  spare: true,
  size: { width: 6, height: 2 },
})
