import { lastAround, type LastAround } from '../../last-around.ts'
import type { Witness } from '../../session/witness.ts'
import type { Evidence, ToolEvidence } from './evidence.ts'
import { turnFinder, type Turn } from './turns.ts'

export interface SettledTool {
  readonly callId: string
  readonly turnId: string | null
  /** The code-mode wrapper around a nested call. */
  readonly parentCallId: string | null
  readonly role: 'call' | 'wrapper'
  readonly witness: Witness
}

/** Code mode's one tool: the model calls it with a script, whose own tool calls are nested in it. */
const wrapperTool = 'exec'

export function settleTools(evidence: Evidence, turns: readonly Turn[]): readonly SettledTool[] {
  const turnAt = turnFinder(turns)
  const wrapperAround = aroundCalls(evidence.tools.filter((tool) => tool.tool === wrapperTool && !isNested(tool)))
  return evidence.tools.map((tool) => ({
    callId: tool.callId,
    turnId: tool.spanTurnId ?? turnOf(tool, turnAt),
    parentCallId: isNested(tool) ? parentOf(tool, wrapperAround, evidence) : null,
    role: tool.tool === wrapperTool && !isNested(tool) ? 'wrapper' : 'call',
    witness: tool.witness,
  }))
}

/** Codex 0.169.0 to 0.171.0 gives nested calls ids of its own that begin so; their spans say it outright. */
function isNested({ source, callId }: ToolEvidence): boolean {
  return source === 'code_mode' || (source === null && callId.startsWith('exec-'))
}

function turnOf(tool: ToolEvidence, turnAt: LastAround<Turn>): string | null {
  const at = tool.at ?? tool.spanStart
  return at === null ? null : (turnAt(at)?.turnId ?? null)
}

/** By the cell that both spans name; then by the script that the file says; without both, the shortest wrapper call around it in time. */
function parentOf(
  tool: ToolEvidence,
  wrapperAround: LastAround<ToolEvidence>,
  { cells, callbacks }: Evidence,
): string | null {
  const cell = tool.traceId === null ? undefined : callbacks.get(tool.traceId)
  const joined = cell === undefined ? undefined : cells.get(cell)
  if (joined !== undefined) return joined
  if (tool.scriptCallId !== null) return tool.scriptCallId
  return tool.at === null ? null : (wrapperAround(startOf(tool) + slackNs, tool.at)?.callId ?? null)
}

/** The latest of those that began before a moment and ended behind another. */
function aroundCalls(wrappers: readonly ToolEvidence[]): LastAround<ToolEvidence> {
  const ended = wrappers.filter(({ at }) => at !== null)
  return lastAround(
    ended.sort((a, b) => startOf(a) - startOf(b) || b.callId.localeCompare(a.callId)),
    startOf,
    ({ at }) => at,
  )
}

/** Durations are whole milliseconds, so a start computed from one is off by as much. */
const slackNs = 1_500_000

function startOf({ at, durationMs }: ToolEvidence): number {
  return (at ?? 0) - (durationMs ?? 0) * 1e6
}
