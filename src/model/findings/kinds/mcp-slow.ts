import { union } from '../../ledger/stretches.ts'
import { shortDuration } from '../../tree/words.ts'
import type { KindOfFinding } from '../candidate.ts'
import { lengthOf } from '../disjoint.ts'
import { callsByServer, waitsByServer, withoutServer } from '../mcp-servers.ts'
import { partsOf } from '../row-parts.ts'
import { thresholds } from '../thresholds.ts'
import { many, named, percent, withLost } from '../words.ts'

export const mcpSlow: KindOfFinding = {
  kind: 'mcp-slow',
  name: (subject) => `the MCP server ${named(subject)} taking its time`,
  definition: `An MCP server whose calls ran, or whose start held turns up, for more than ${percent(thresholds.mcpShare)} of the time inside turns. A start counts as long as a turn waited for it, which Codex does for a second at most, and from ${shortDuration(thresholds.mcpStartMs)} on; a required server is waited for before the first turn. All of it is lost at most: what the calls were good for, nothing tells.`,
  needs: "codex.tool_result (logs), or Codex's own session file; for starts start_server_task (traces) as well",
  waitsFor: "It waits for codex.tool_result (logs) or Codex's own session files, which say whose tool was called.",
  sources: ['logs', 'files'],
  find(context) {
    const calls = callsByServer(context)
    const waits = waitsByServer(context)
    return [...new Set([...calls.keys(), ...waits.keys()])].flatMap((server) => {
      const own = calls.get(server) ?? []
      const ran = own.flatMap(({ row }) => partsOf(row, 'tool_run'))
      const held = waits.get(server) ?? []
      const waited = lengthOf(held) >= thresholds.mcpStartMs * 1e6 ? held : []
      const time = union([...ran, ...waited])
      const share = lengthOf(time) / context.busy
      if (context.busy === 0 || share <= thresholds.mcpShare) return []
      const turns = context.ledger.turns.filter(({ start, end }) =>
        waited.some((at) => at.start < end && start < at.end),
      )
      const start = `the start of the MCP server ${named(server)}`
      const several = `${many(own.length, 'call')} of the MCP server ${named(server)}`
      const what =
        waited.length === 0
          ? `${several} ran for`
          : own.length === 0
            ? `${capital(start)} held ${many(turns.length, 'turn')} up for`
            : `${several}, and waiting for its start, took`
      return [
        {
          subject: server,
          times: own.length + turns.length,
          rowIds: [...turns.map(({ number }) => `t:${context.session.id}:${number}`), ...own.map(({ row }) => row.id)],
          at: time[0]?.start ?? 0,
          time,
          from: ['tool_run', 'unaccounted'] as const,
          money: [],
          confidence: 'bound' as const,
          say: (lost) => ({
            title: withLost(`${what} ${percent(share)} of the time inside turns`, lost, true),
            verdict: own.length === 0 ? start : several,
          }),
          fix: withoutServer(
            server,
            own.length === 0
              ? 'None of its tools was called here. Without the server no turn waits for its start.'
              : 'Without the server its tools are not offered, and take no time.',
          ),
        },
      ]
    })
  },
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}
