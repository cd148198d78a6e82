import type { KindOfFinding } from '../candidate.ts'
import { lengthOf } from '../disjoint.ts'
import { union } from '../../ledger/stretches.ts'
import { callsByServer, withoutServer } from '../mcp-servers.ts'
import { partsOf } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { many, named, percent, withLost } from '../words.ts'

export const mcpSlow: KindOfFinding = {
  kind: 'mcp-slow',
  name: (subject) => `the MCP server ${named(subject)} taking its time`,
  definition: `An MCP server whose calls ran for more than ${percent(thresholds.mcpShare)} of the time inside turns. All of it is lost at most: what the calls were good for, nothing tells. What its start took is not among it: that stands in its raw span alone (start_server_task), and a turn waits for it a second at most.`,
  needs: "codex.tool_result (logs), or Codex's own session file",
  sources: ['logs', 'files'],
  find: (context) =>
    [...callsByServer(context)].flatMap(([server, calls]) => {
      const time = calls.flatMap(({ row }) => partsOf(row, 'tool_run'))
      const share = lengthOf(union(time)) / context.busy
      if (context.busy === 0 || share <= thresholds.mcpShare) return []
      return [
        {
          subject: server,
          times: calls.length,
          rowIds: calls.map(({ row }) => row.id),
          at: calls[0]?.row.start ?? 0,
          time,
          from: ['tool_run'] as const,
          money: [],
          confidence: 'bound' as const,
          say: (lost) => ({
            title: withLost(
              `${many(calls.length, 'call')} of the MCP server ${named(server)} ran for ${percent(share)} of the time inside turns`,
              lost,
              true,
            ),
            verdict: `${many(calls.length, 'call')} of the MCP server ${named(server)}`,
          }),
          fix: withoutServer(server, 'Without the server its tools are not offered, and take no time.'),
        },
      ]
    }),
}
