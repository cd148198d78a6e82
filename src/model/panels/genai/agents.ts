import { z } from 'zod'
import { countOf, measureOf } from '../behind.ts'
import { ownUser, wholeMs } from '../common.ts'
import { definePanel } from '../panel.ts'

const agent = { agent: "coalesce(name, '')" }
const run = "kind = 'agent'"

export const agents = definePanel({
  id: 'agents',
  dashboard: 'genai',
  section: 'activity',
  title: 'Agents',
  meaning:
    'Runs of agents by name (`gen_ai.agent.name`) and service: how many, how many failed, and how long they took.',
  excluded: `Runs without a span of their own are left out. A run contains the calls, tools and agents below it. A model narrows this to none: a run has no model of its own. ${wholeMs} ${ownUser}`,
  unit: 'count',
  needs: 'traces',
  sql: `SELECT agent, service, sum(runs) AS runs, sum(failed) AS errors, mean(durations_ms) AS average, p95(durations_ms) AS p95
FROM agent_sums GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
  row: z.object({
    agent: z.string(),
    service: z.string(),
    runs: z.number(),
    errors: z.number(),
    average: z.number().nullable(),
    p95: z.number().nullable(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'agent', label: 'Agent', unit: 'text' },
      { column: 'service', label: 'Service', unit: 'text' },
      { column: 'runs', label: 'Runs', unit: 'count' },
      { column: 'errors', label: 'Errors', unit: 'count' },
      { column: 'average', label: 'Average', unit: 'ms' },
      { column: 'p95', label: 'P95', unit: 'ms' },
    ],
  },
  by: ['agent', 'service'],
  behind: {
    runs: countOf('app_steps', run, agent),
    errors: countOf('app_steps', `${run} AND status = 'failed'`, agent),
    average: measureOf('app_steps', 'duration_ms', run, agent),
    p95: measureOf('app_steps', 'duration_ms', run, agent),
  },
  size: { width: 6, height: 2 },
})
