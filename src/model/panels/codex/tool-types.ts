import { z } from 'zod'
import { countOf } from '../behind.ts'
import { ofSessions } from '../common.ts'
import { definePanel } from '../panel.ts'

const type = "iif(mcp_server = '', tool, 'MCP ' || mcp_server)"

export const toolTypes = definePanel({
  id: 'tool-types',
  dashboard: 'codex',
  section: 'activity',
  title: 'Tools',
  meaning: 'Finished tool calls by tool, with those of an MCP server taken together.',
  excluded: `Scripts of code mode are left out, since the calls that they make count; so are calls without a result. ${ofSessions}`,
  unit: 'count',
  needs: 'logs',
  sql: `SELECT ${type} AS tool, sum(finished) AS calls
FROM tools WHERE role = 'call' GROUP BY 1 HAVING sum(finished) > 0 ORDER BY 2 DESC, 1`,
  row: z.object({ tool: z.string(), calls: z.number() }),
  view: { kind: 'pie', label: 'tool', value: 'calls' },
  by: ['tool'],
  behind: {
    calls: countOf('tools', "finished AND role = 'call'", { tool: type }),
  },
  size: { width: 6, height: 2 },
})
