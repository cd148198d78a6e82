import type { Evidence, ToolEvidence } from '../settle/evidence.ts'
import type { FileTool } from './file-evidence.ts'
import type { FileOnlyTool } from './file-only.ts'

interface JoinedTools {
  readonly known: readonly ToolEvidence[]
  readonly added: readonly FileOnlyTool[]
}

/** A call is told by its id. */
export function joinTools({ tools }: Evidence, theirs: readonly FileTool[]): JoinedTools {
  const files = new Map(theirs.map((tool) => [tool.callId, tool]))
  const ours = new Set(tools.map(({ callId }) => callId))
  return {
    known: tools.map((tool) => {
      const other = files.get(tool.callId)
      if (other === undefined) return tool
      return {
        ...tool,
        spanTurnId: tool.spanTurnId ?? other.turnId,
        scriptCallId: other.scriptCallId,
        witness: 'both',
      }
    }),
    added: theirs.filter(({ callId }) => !ours.has(callId)).map(asEvidence),
  }
}

/** As the telemetry would say it: a command that ran is a success, whatever it ended with, and one that was broken off has no result. */
function asEvidence(tool: FileTool): FileOnlyTool {
  const { callId, turnId, start, state, exitCode, scriptCallId } = tool
  const isOver = state !== 'aborted' && state !== 'unfinished'
  const end = isOver ? tool.end : null
  return {
    callId,
    tool: tool.tool,
    namespace: tool.namespace,
    mcpServer: tool.mcpServer,
    argumentsLength: tool.argumentsLength,
    outputLength: tool.outputLength,
    waitStart: tool.wait?.start ?? null,
    waitEnd: tool.wait?.end ?? null,
    agent: null,
    at: end,
    durationMs: end === null ? null : Math.max(0, Math.round((end - start) / 1e6)),
    success: isOver ? state === 'ok' || (state === 'failed' && exitCode !== null) : null,
    exitCode,
    spanStart: start,
    spanEnd: tool.end,
    aborted: state === 'aborted' ? true : null,
    source: scriptCallId === null ? tool.source : 'code_mode',
    spanTurnId: turnId,
    traceId: null,
    scriptCallId,
    witness: 'file',
  }
}
