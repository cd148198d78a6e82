import { z } from 'zod'
import { countOf, measureOf } from '../behind.ts'
import { ofSessions, wholeMs } from '../common.ts'
import { definePanel } from '../panel.ts'

const mcp = "mcp_server <> '' AND role = 'call'"
const server = { server: 'mcp_server' }

export const mcpCalls = definePanel({
  id: 'mcp-calls',
  dashboard: 'codex',
  section: 'reliability',
  title: 'MCP calls',
  meaning:
    'Finished calls of MCP servers by tool: how many there were, how many failed, and the 95th percentile of their duration.',
  excluded: `Waiting for a decision is not part of the duration. Calls without a result are left out. ${wholeMs} ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT mcp_server AS server, tool, sum(finished) AS calls, sum(failed) AS failed, p95(runs_ms) AS p95
FROM tools WHERE ${mcp} GROUP BY 1, 2 HAVING sum(finished) > 0 ORDER BY calls DESC, 1, 2`,
  row: z.object({
    server: z.string(),
    tool: z.string(),
    calls: z.number(),
    failed: z.number(),
    p95: z.number().nullable(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'server', label: 'Server', unit: 'text' },
      { column: 'tool', label: 'Tool', unit: 'text' },
      { column: 'calls', label: 'Calls', unit: 'count' },
      { column: 'failed', label: 'Failed', unit: 'count' },
      { column: 'p95', label: 'P95', unit: 'ms' },
    ],
  },
  by: ['server', 'tool'],
  behind: {
    calls: countOf('tools', `finished AND ${mcp}`, server),
    failed: countOf('tools', `failed AND ${mcp}`, server),
    p95: measureOf('tools', 'runs_ms', mcp, server),
  },
  size: { width: 4, height: 2 },
})
