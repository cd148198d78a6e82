import { z } from 'zod'
import { ofSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

export const toolTypes = definePanel({
  id: 'tool-types',
  dashboard: 'codex',
  section: 'activity',
  title: 'Tools',
  meaning: 'Finished tool calls by tool; those of an MCP server together.',
  excluded: `Scripts of code mode are left out: the calls that they make count. So are calls without a result. ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT iif(mcp_server = '', tool, 'MCP ' || mcp_server) AS tool, sum(finished) AS calls
FROM tools WHERE role = 'call' GROUP BY 1 HAVING sum(finished) > 0 ORDER BY 2 DESC, 1`,
  row: z.object({ tool: z.string(), calls: z.number() }),
  view: { kind: 'pie', label: 'tool', value: 'calls' },
  drill: 'tools',
  size: { width: 6, height: 2 },
})
