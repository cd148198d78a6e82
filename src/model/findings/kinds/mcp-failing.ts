import type { KindOfFinding } from '../candidate.ts'
import { callsByServer, withoutServer } from '../mcp-servers.ts'
import { partsOf } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { hasFailed } from '../tool-calls.ts'
import { named, percent, withLost } from '../words.ts'

export const mcpFailing: KindOfFinding = {
  kind: 'mcp-failing',
  name: (subject) => `the MCP server ${named(subject)} failing`,
  definition: `An MCP server of whose calls at least ${percent(thresholds.mcpFailures)} failed, of ${thresholds.mcpCalls} calls or more; what you declined has not failed. What is lost is the time of the failed ones.`,
  needs: "codex.tool_result (logs), or Codex's own session file",
  waitsFor: "It waits for codex.tool_result (logs) or Codex's own session files, which say whose tool failed.",
  sources: ['logs', 'files'],
  find: (context) =>
    [...callsByServer(context)].flatMap(([server, calls]) => {
      const failed = calls.filter(hasFailed)
      if (calls.length < thresholds.mcpCalls || failed.length < calls.length * thresholds.mcpFailures) return []
      return [
        {
          subject: server,
          times: failed.length,
          rowIds: failed.map(({ row }) => row.id),
          at: failed[0]?.row.start ?? 0,
          time: failed.flatMap(({ row }) => partsOf(row, 'tool_run')),
          from: ['tool_run'] as const,
          money: [],
          confidence: 'exact' as const,
          say: (lost) => ({
            title: withLost(
              `${failed.length} of ${calls.length} calls of the MCP server ${named(server)} failed`,
              lost,
              false,
            ),
            verdict: `the MCP server ${named(server)} failing`,
          }),
          fix: withoutServer(server, 'Without the server its tools are not offered, and do not fail.'),
        },
      ]
    }),
}
