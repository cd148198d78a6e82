import type { DraftPart, DraftRow } from '../tree/draft.ts'
import type { DecisionFacts } from '../tree/facts.ts'
import type { SessionRows } from '../tree/draft.ts'
import type { Claim, ShareKind, Stretch } from './share.ts'
import { without } from './stretches.ts'

/** Calls that were run again outside the sandbox (`codex.sandbox_outcome`), with the nanoseconds of the first run. */
export type SandboxRuns = ReadonlyMap<string, number>

/** A pause between two tries is the backoff that the retry waits for. */
const shareOfPart: Record<DraftPart['kind'], ShareKind> = {
  model_wait: 'model_wait',
  model_stream: 'model_stream',
  model: 'model',
  tool_run: 'tool_run',
  tool_queue: 'unaccounted',
  wait_user: 'wait_user',
  wait_reviewer: 'wait_reviewer',
  retry: 'retry',
  idle: 'retry',
  away: 'away',
}

/** What the rows of a session claim of its time, until `until` where the session is live. */
export function claimsOf(rows: SessionRows, until: number, sandboxRuns: SandboxRuns): Claim[] {
  return [
    ...ofTools(rows, until, sandboxRuns),
    ...ofModel(rows, until),
    ...ofHooks(rows),
    ...ofStart(rows),
    ...ofTurns(rows, until),
  ]
}

function ofTools({ all, session }: SessionRows, until: number, sandboxRuns: SandboxRuns): Claim[] {
  const tools = all.filter(({ kind }) => kind === 'tool_call')
  const nested = new Map<DraftRow, DraftPart[]>()
  for (const { parent, parts } of tools) {
    if (parent?.kind !== 'tool_call') continue
    const known = nested.get(parent)
    if (known === undefined) nested.set(parent, [...parts])
    else known.push(...parts)
  }
  const decisions = decisionsByCall(session.decisions)
  const openSince = session.state === 'live' ? (session.turns.findLast(({ end }) => end === null)?.start ?? null) : null
  return tools.flatMap((row) => {
    const made = decisions.get(row.callId ?? '') ?? []
    const first = firstRun(row, made, sandboxRuns)
    const claims: Claim[] = first === null ? [] : [{ kind: 'sandbox_retry', ...first, rowId: row.id }]
    // A script is not running while the calls that it made wait: those say what the moment goes to.
    const elsewhere = [...(nested.get(row) ?? []), ...(first === null ? [] : [first])]
    for (const part of row.parts) {
      const kind = shareOfPart[part.kind]
      const stretches = kind === 'tool_run' ? without(part, elsewhere) : [part]
      for (const { start, end } of stretches) claims.push({ kind, start, end, rowId: row.id })
    }
    const decided = made.at(-1)?.at
    // It runs since it was allowed to; before that nothing tells when it began.
    if (row.end === null && openSince !== null && decided !== undefined && decided >= openSince)
      claims.push({ kind: 'tool_run', start: decided, end: until, rowId: row.id })
    return claims
  })
}

function decisionsByCall(decisions: readonly DecisionFacts[]): ReadonlyMap<string, readonly DecisionFacts[]> {
  const byCall = new Map<string, DecisionFacts[]>()
  for (const decision of [...decisions].sort((a, b) => a.at - b.at)) {
    const known = byCall.get(decision.callId)
    if (known === undefined) byCall.set(decision.callId, [decision])
    else known.push(decision)
  }
  return byCall
}

/** The run that the sandbox broke off: from the first decision, which allowed it, unless that one allowed the second run. */
function firstRun(row: DraftRow, decisions: readonly DecisionFacts[], sandboxRuns: SandboxRuns): Stretch | null {
  const duration = sandboxRuns.get(row.callId ?? '')
  if (duration === undefined || row.end === null) return null
  const start = decisions.length > 1 ? Math.max(row.start, decisions[0]?.at ?? row.start) : row.start
  return { start, end: Math.min(row.end, start + duration) }
}

/** Whether the length of its model calls is known: the `codex.sampling` spans tell, and session files bound it. Without any call there is nothing to know. */
export function knowsModelTime({ rounds, session }: SessionRows): boolean {
  return session.samplings.length > 0 || rounds.every(({ row }) => row.atMost)
}

function ofModel(rows: SessionRows, until: number): Claim[] {
  const known = knowsModelTime(rows)
  return rows.rounds.flatMap(({ row }) => {
    const claims = row.parts.map(({ kind, start, end }): Claim => ({
      kind: shareOfPart[kind],
      start,
      end,
      rowId: row.id,
    }))
    if (row.status === 'open') {
      const last = row.parts.at(-1)
      const kind = last?.kind === 'retry' ? 'retry' : 'model_wait'
      claims.push({ kind, start: last?.end ?? row.start, end: until, rowId: row.id })
    }
    if (known) return claims
    // Of some of the calls alone nothing tells how long the first item took of all.
    if (row.atMost === true) return claims.map((claim) => ({ ...claim, kind: 'model' }))
    return claims.filter(({ kind }) => kind === 'retry')
  })
}

function ofHooks({ all }: SessionRows): Claim[] {
  return all.flatMap(({ kind, id, start, end }) =>
    kind === 'hook' && end !== null ? [{ kind: 'hook', start, end, rowId: id }] : [],
  )
}

/**
 * From the session's first moment to the end of the last phase of its start, up to the first turn: what is prewarmed beside a turn
 * holds nobody up. Phases that lie beside each other are what Codex tells of; what lies between them is its start as well.
 */
function ofStart({ session, turns }: SessionRows): Claim[] {
  const first = turns.reduce((earliest, { start }) => Math.min(earliest, start), Infinity)
  const before = session.startup.filter(({ start }) => start < first)
  if (before.length === 0) return []
  const start = Math.min(session.firstAt, ...before.map((phase) => phase.start))
  const end = Math.min(first, Math.max(...before.map((phase) => phase.end)))
  return [{ kind: 'startup', start, end, rowId: null }]
}

/** Outside a turn and with nothing going on, Codex waits for a prompt, but for the time before the first: that is its start. */
function ofTurns({ turns }: SessionRows, until: number): Claim[] {
  const first = turns.reduce((earliest, { start }) => Math.min(earliest, start), Infinity)
  const inside = turns.map(({ start, end }): Claim => ({ kind: 'unaccounted', start, end: end ?? until, rowId: null }))
  return first === Infinity ? [] : [...inside, { kind: 'between_turns', start: first, end: until, rowId: null }]
}
