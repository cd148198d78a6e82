import { groupBy } from '../group-by.ts'
import type { FindingContext } from './context.ts'
import { toolCalls, type ToolCall } from './tool-calls.ts'
import type { FindingFix } from './finding.ts'

/** The calls of each MCP server. */
export function callsByServer(context: FindingContext): ReadonlyMap<string, readonly ToolCall[]> {
  return groupBy(toolCalls(context), ({ tool }) => tool.mcpServer)
}

export function withoutServer(server: string, why: string): FindingFix {
  return { type: 'config', changes: [{ path: ['mcp_servers', server, 'enabled'], value: false, adds: false }], why }
}
