import type { Stretch } from '../ledger/share.ts'
import { cutter, union } from '../ledger/stretches.ts'
import { apiRows } from './api-rows.ts'
import { appRows } from './app-rows.ts'
import { awayOf } from './away-rows.ts'
import type { DraftRow, SessionRows } from './draft.ts'
import type { CompactionFacts, SessionFacts, TurnFacts } from './facts.ts'
import type { RowStatus } from './row.ts'
import { hookRows } from './hook-rows.ts'
import { toolRows } from './tool-rows.ts'
import { joined } from './words.ts'

export function sessionRows(session: SessionFacts): SessionRows {
  if (session.app !== undefined) return appRows(session, session.app)
  const root = rootRow(session)
  const gaps = union([...awayOf(session).values()].flat())
  const turns = session.turns.map((turn) =>
    turnRow(turn, session, cutter(gaps)({ start: turn.start, end: turn.end ?? Infinity })),
  )
  const rounds = apiRows(session)
  const tools = toolRows(session)
  const compactions = session.compactions.map((compaction) => compactionRow(compaction, session))
  const hooks = hookRows(session)
  const byTurnId = new Map(turns.flatMap((row) => (row.turnId === null ? [] : [[row.turnId, row] as const])))
  const byCallId = new Map(tools.map(({ tool, row }) => [tool.callId, row]))
  const bySpanId = new Map([
    ...rounds.flatMap(({ row, round }) => (round === null ? [] : [[round.spanId, row] as const])),
    ...compactions.map((row, i) => [session.compactions[i]?.spanId ?? '', row] as const),
    ...hooks.map((row, i) => [session.hooks[i]?.spanId ?? '', row] as const),
  ])

  for (const turn of turns) turn.parent = root
  for (const { row, tool } of tools) {
    const around = tool.parentCallId === null ? undefined : byCallId.get(tool.parentCallId)
    row.parent = around !== undefined && !isWithin(around, row) ? around : home(row)
  }
  for (const { row } of rounds) row.parent = home(row)
  for (const row of compactions) row.parent = home(row)
  for (const row of hooks) row.parent = byCallId.get(row.callId ?? '') ?? home(row)
  const all = [
    root,
    ...turns,
    ...rounds.map(({ row }) => row),
    ...tools.map(({ row }) => row),
    ...compactions,
    ...hooks,
  ]
  return { session, root, all, byTurnId, byCallId, bySpanId, rounds, turns }

  function home(row: DraftRow): DraftRow {
    return (row.turnId === null ? undefined : byTurnId.get(row.turnId)) ?? turnAround(turns, row.start) ?? root
  }
}

/** Whether `row` is `candidate` or one of its ancestors: a parent below its own child would make a ring. */
function isWithin(candidate: DraftRow, row: DraftRow): boolean {
  for (let at: DraftRow | null = candidate; at !== null; at = at.parent) if (at === row) return true
  return false
}

/** The turn that a moment lies in; a little before its start counts, for times read off another clock. */
export function turnAround(turns: readonly DraftRow[], at: number): DraftRow | null {
  return turns.findLast(({ start, end }) => start <= at + 2_000_000 && (end === null || at <= end + 2_000_000)) ?? null
}

function rootRow(session: SessionFacts): DraftRow {
  const loop = session.spans.find(({ kind }) => kind === 'loop')
  const start = Math.min(session.firstAt, ...session.spans.map((span) => span.start))
  const isHelper = session.kind !== 'user'
  return {
    id: `s:${session.id}`,
    kind: 'session_loop',
    sessionId: session.id,
    label: 'session_loop',
    detail: joined([
      isHelper ? helperWord(session) : session.originator,
      isHelper && session.title,
      session.model,
      loop === undefined && session.state !== 'live' && session.witness !== 'file' && 'its own span never came',
    ]),
    start,
    end: endOf(session, loop !== undefined),
    status: rootStatus(session),
    // The list of models is asked for by no turn.
    failures: session.attempts.filter(({ endpoint, success }) => endpoint === '/models' && !success).length,
    parts: [],
    note: session.state === 'done' ? '' : session.state,
    turnId: null,
    callId: null,
    parent: null,
    spanCount: 0,
  }
}

/**
 * The user's own session ends with its loop, whose span arrives last or never. A helper's idle thread is unloaded a minute after its
 * work, which would stretch every view of it: its row ends with its work.
 */
function endOf({ kind, state, witness, lastAt, firstAt, spans }: SessionFacts, hasLoop: boolean): number | null {
  // No span of it is waited for, and its file says that its turns are over.
  if (witness === 'file' && state !== 'live' && state !== 'lost') return Math.max(firstAt, lastAt)
  if (kind !== 'user' && (hasLoop || state !== 'live')) return Math.max(firstAt, lastAt)
  return hasLoop ? Math.max(...spans.map(({ end }) => end)) : null
}

function helperWord({ kind }: SessionFacts): string {
  if (kind === 'guardian' || kind === 'review') return 'reviewer'
  return kind === 'title' ? 'title' : 'sub-agent'
}

function rootStatus({ state }: SessionFacts): RowStatus {
  if (state === 'live') return 'open'
  if (state === 'done') return 'ok'
  if (state === 'failed') return 'error'
  return state === 'interrupted' ? 'cancelled' : 'unknown'
}

function turnRow(turn: TurnFacts, session: SessionFacts, away: readonly Stretch[]): DraftRow {
  return {
    id: `t:${session.id}:${turn.number}`,
    kind: 'turn',
    sessionId: session.id,
    label: `turn ${turn.number}`,
    detail: turn.prompt === null ? '' : turn.prompt.slice(0, 300).replace(/\s+/g, ' ').trim(),
    start: turn.start,
    end: turn.end,
    status: turnStatus(turn, session),
    failures: turn.failedAlone ? 1 : 0,
    parts: turn.end === null ? [] : away.map((gap) => ({ kind: 'away', ...gap })),
    note: joined([
      notes[turn.state] ?? null,
      turn.state === 'failed' && turn.error,
      turn.abandoned && 'taken back by a return to an earlier message',
    ]),
    turnId: turn.turnId,
    callId: null,
    parent: null,
    spanCount: 0,
  }
}

const notes: Partial<Record<string, string>> = {
  interrupted: 'interrupted',
  failed: 'failed',
  unfinished: 'nothing ended it',
}

function turnStatus({ state, end }: TurnFacts, session: SessionFacts): RowStatus {
  if (state === 'interrupted') return 'cancelled'
  if (state === 'failed') return 'error'
  if (state === 'unfinished') return 'unknown'
  return end !== null ? 'ok' : session.state === 'live' ? 'open' : 'unknown'
}

function compactionRow(compaction: CompactionFacts, session: SessionFacts): DraftRow {
  return {
    id: `k:${session.id}:${compaction.spanId}`,
    kind: 'compaction',
    sessionId: session.id,
    label: 'compaction',
    detail: joined([compaction.reason, compaction.phase]),
    start: compaction.start,
    end: compaction.end,
    atMost: compaction.atMost,
    status: 'ok',
    failures: 0,
    parts: [],
    note: '',
    turnId: compaction.turnId,
    callId: null,
    parent: null,
    spanCount: 0,
  }
}
