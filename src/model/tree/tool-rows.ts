import { tidyParts, type DraftPart, type DraftRow } from './draft.ts'
import type { DecisionFacts, SessionFacts, ToolFacts } from './facts.ts'
import { awayOf } from './away-rows.ts'
import type { RowStatus } from './row.ts'
import type { Stretch } from '../ledger/share.ts'
import { without } from '../ledger/stretches.ts'
import { joined, shortDuration } from './words.ts'

/** How much of a wait for an answer that a session file tells of is one. */
export const waitSources = { lines: 'from the file, at most', item: 'from the file, up to 60 ms too much' } as const

/** Beside such a wait. A command that was declined left nothing but its two lines. */
export function waitSource({ waitStart, waitEnd, spanStart }: ToolFacts): string | null {
  if (waitEnd === null) return null
  return waitStart === spanStart ? waitSources.lines : waitSources.item
}

/** The `tool_call` rows of a session: finished, aborted, and those that were decided on and have not ended. */
export function toolRows(session: SessionFacts): { row: DraftRow; tool: ToolFacts }[] {
  const away = awayOf(session)
  const decisions = new Map<string, DecisionFacts[]>()
  for (const decision of session.decisions)
    decisions.set(decision.callId, [...(decisions.get(decision.callId) ?? []), decision])
  const known = new Set(session.tools.map(({ callId }) => callId))
  const undecided = [...decisions].filter(([callId]) => !known.has(callId)).map(([callId, made]) => open(callId, made))
  return [...session.tools, ...undecided].map((tool) => ({
    tool,
    row: toRow(tool, decisions.get(tool.callId) ?? [], away.get(tool.callId) ?? [], session),
  }))
}

/** A call of which only the decision has arrived: it runs, or its process was killed. */
function open(callId: string, decisions: readonly DecisionFacts[]): ToolFacts {
  return {
    callId,
    tool: decisions[0]?.tool ?? null,
    mcpServer: null,
    at: null,
    durationMs: null,
    success: null,
    exitCode: null,
    running: false,
    summary: null,
    spanStart: null,
    spanEnd: null,
    aborted: null,
    turnId: null,
    parentCallId: null,
    witness: 'telemetry',
    waitStart: null,
    waitEnd: null,
  }
}

function toRow(
  tool: ToolFacts,
  decisions: readonly DecisionFacts[],
  away: readonly Stretch[],
  session: SessionFacts,
): DraftRow {
  const firstDecision = decisions.reduce((first, { at }) => Math.min(first, at), Infinity)
  const logStart = tool.at === null ? null : tool.at - (tool.durationMs ?? 0) * 1e6
  const start = tool.spanStart ?? logStart ?? (firstDecision === Infinity ? session.firstAt : firstDecision)
  const end = tool.spanEnd ?? tool.at
  const parts = end === null ? [] : tidyParts(withAway(partsOf(tool, decisions, start, end), away), start, end)
  const waited = parts.filter(({ kind }) => kind === 'wait_user').reduce((sum, part) => sum + part.end - part.start, 0)
  const awayNs = away.reduce((sum, gap) => sum + gap.end - gap.start, 0)
  const status = statusOf(tool, end, session)
  const source = waitSource(tool)
  return {
    id: `c:${session.id}:${tool.callId}`,
    kind: 'tool_call',
    sessionId: session.id,
    label: nameOf(tool),
    detail: tool.summary ?? '',
    start,
    end,
    status,
    failures: tool.success === false ? 1 : 0,
    parts,
    note: joined([
      tool.exitCode !== null && tool.exitCode !== 0 && `exit ${tool.exitCode}`,
      tool.running && 'its command went on',
      tool.success === false && 'failed',
      lacksResult(tool, session) && 'no result came, as when a hook refuses a call',
      status === 'cancelled' && 'cancelled',
      waited >= 50e6 && `${shortDuration(waited / 1e6)} waiting for you${source === null ? '' : ` (${source})`}`,
      awayNs > 0 && `the machine was away for ${shortDuration(awayNs / 1e6)}`,
    ]),
    turnId: tool.turnId,
    callId: tool.callId,
    parent: null,
    spanCount: 0,
  }
}

/** Whatever a call was doing, it did not do it while the machine was away. */
function withAway(parts: readonly DraftPart[], away: readonly Stretch[]): DraftPart[] {
  const left = parts.flatMap((part) => without(part, away).map((stretch) => ({ kind: part.kind, ...stretch })))
  return [...left, ...away.map((stretch): DraftPart => ({ kind: 'away', ...stretch }))]
}

function nameOf({ tool, mcpServer }: ToolFacts): string {
  if (mcpServer !== null) return `mcp ${mcpServer} · ${tool ?? '?'}`
  return tool ?? 'tool_call'
}

/** Its span ended and nothing tells how, though results of other calls came: what a hook refuses has a span and no more (0.171.0). */
function lacksResult({ witness, at, success, aborted, spanEnd }: ToolFacts, session: SessionFacts): boolean {
  if (witness !== 'telemetry' || at !== null || success !== null || aborted === true || spanEnd === null) return false
  return session.state !== 'live' && session.tools.some((other) => other.at !== null)
}

function statusOf(tool: ToolFacts, end: number | null, session: SessionFacts): RowStatus {
  const { aborted, success, exitCode } = tool
  if (aborted === true && success === null) return 'cancelled'
  if (end === null) return session.state === 'live' ? 'open' : 'unknown'
  if (success === false || (exitCode !== null && exitCode !== 0)) return 'error'
  return lacksResult(tool, session) ? 'unknown' : 'ok'
}

/**
 * `duration_ms` and the span both contain the approval. What came before a decision of the user or the reviewer was waiting
 * for them. Esc on an approval leaves no decision at all: an aborted call without one waited to its end.
 */
function partsOf(tool: ToolFacts, decisions: readonly DecisionFacts[], start: number, end: number): DraftPart[] {
  if (tool.witness === 'file') return partsByFile(tool, start, end)
  const parts: DraftPart[] = []
  let from = start
  for (const { at, source } of [...decisions].sort((a, b) => a.at - b.at)) {
    const kind = waitOf(source)
    if (kind !== null) parts.push({ kind, start: from, end: at })
    from = kind === null ? from : at
  }
  const isCancelledApproval = tool.aborted === true && tool.success === null && decisions.length === 0
  parts.push({ kind: isCancelledApproval ? 'wait_user' : 'tool_run', start: from, end })
  return parts
}

/** The file tells no decision. What was broken off before it ended may have run or waited: nothing tells, so nothing is said of it. */
function partsByFile({ waitStart, waitEnd, aborted, success }: ToolFacts, start: number, end: number): DraftPart[] {
  if (aborted === true && success === null) return []
  if (waitStart === null || waitEnd === null) return [{ kind: 'tool_run', start, end }]
  return [
    { kind: 'tool_run', start, end: waitStart },
    { kind: 'wait_user', start: waitStart, end: waitEnd },
    { kind: 'tool_run', start: waitEnd, end },
  ]
}

/** The source's case differs between Codex versions. */
function waitOf(source: string | null): 'wait_user' | 'wait_reviewer' | null {
  const named = source?.toLowerCase()
  if (named === 'user') return 'wait_user'
  return named === 'automatedreviewer' ? 'wait_reviewer' : null
}
