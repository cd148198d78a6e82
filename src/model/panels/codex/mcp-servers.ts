import { z } from 'zod'
import { metricOf } from '../behind.ts'
import { byMinute } from '../common.ts'
import { bucket, definePanel } from '../panel.ts'

/** What starting a server goes through, by Codex's own metrics. */
const steps = [
  ['discovery', 'codex.mcp.protocol_discovery.duration_ms'],
  ['fetch', 'codex.mcp.tools.fetch_uncached.duration_ms'],
  ['list', 'codex.mcp.tools.list.duration_ms'],
] as const

const average = z.number().nullable()

export const mcpServers = definePanel({
  id: 'mcp-servers',
  dashboard: 'codex',
  section: 'latency',
  title: 'MCP servers, start-up and lists',
  meaning:
    'How long it took on average until an MCP server had completed its handshake, until its tools were fetched, and until the list of tools was ready.',
  excluded: `Metrics name no session, and these no model, app version or server either: with such a filter there is nothing to show. ${byMinute}`,
  unit: 'ms',
  needs: 'metrics',
  sql: `SELECT ${bucket} AS atMs,
  ${steps.map(([step, name]) => `sum(iif(name = '${name}', sum, 0)) / nullif(sum(iif(name = '${name}', count, 0)), 0) AS ${step}`).join(',\n  ')}
FROM metrics WHERE name IN (${steps.map(([, name]) => `'${name}'`).join(', ')})
GROUP BY 1 HAVING sum(count) > 0 ORDER BY 1`,
  row: z.object({ atMs: z.number(), discovery: average, fetch: average, list: average }),
  view: {
    kind: 'time',
    shape: 'line',
    series: [
      { column: 'discovery', label: 'start-up', tone: 'tool' },
      { column: 'fetch', label: 'tools fetched', tone: 'model' },
      { column: 'list', label: 'tools listed', tone: 'helper' },
    ],
  },
  behind: Object.fromEntries(steps.map(([step, name]) => [step, metricOf(name)])),
  spare: true,
  size: { width: 4, height: 2 },
})
