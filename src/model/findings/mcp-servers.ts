import { groupBy } from '../group-by.ts'
import type { Stretch } from '../ledger/share.ts'
import { cutter, union } from '../ledger/stretches.ts'
import type { FindingContext } from './context.ts'
import { busyTiles, lengthOf } from './disjoint.ts'
import { toolCalls, type ToolCall } from './tool-calls.ts'
import type { FindingFix } from './finding.ts'

/** The calls of each MCP server. */
export function callsByServer(context: FindingContext): ReadonlyMap<string, readonly ToolCall[]> {
  return groupBy(toolCalls(context), ({ tool }) => tool.mcpServer)
}

/** When a turn waited while each MCP server was started; it goes on without one that takes longer than a second. */
export function waitsByServer({
  servers: { starts, waits },
}: Pick<FindingContext, 'servers'>): ReadonlyMap<string, readonly Stretch[]> {
  const waited = cutter(union(waits))
  return new Map(
    [...groupBy(starts, ({ server }) => server)].map(([server, of]) => [server, union(of).flatMap(waited)]),
  )
}

/** Nanoseconds that the start of a server explains, though the ledger has no share for it. */
export function waitedForServers(context: Pick<FindingContext, 'servers' | 'ledger'>): number {
  const within = cutter(busyTiles(context.ledger.intervals, context.ledger.turns))
  const waits = union([...waitsByServer(context).values()].flat())
  return lengthOf(waits.flatMap(within).filter(({ kind }) => kind === 'unaccounted'))
}

export function withoutServer(server: string, why: string): FindingFix {
  return { type: 'config', changes: [{ path: ['mcp_servers', server, 'enabled'], value: false, adds: false }], why }
}
