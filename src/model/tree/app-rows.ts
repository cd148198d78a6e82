import { isAgent, type AppCall, type AppSession, type AppStep, type AppTurn } from '../genai/session.ts'
import { tidyParts, type DraftPart, type DraftRow, type SessionRows } from './draft.ts'
import type { RoundFacts, SessionFacts } from './facts.ts'
import type { TreeRow } from './row.ts'
import { joined, shortCount, untimedWords } from './words.ts'

/**
 * The rows of an application's session: its turns, and below them model calls, tools and the agents that a turn's own agent called,
 * each below the agent or tool that it was made in. What each record stands in says so, not its time: calls may run side by side.
 */
export function appRows(session: SessionFacts, app: AppSession): SessionRows {
  const root = rootRow(session)
  const turns = app.turns.map((turn, i) => turnRow(turn, i + 1, session, root))
  const byTurnId = new Map(turns.map((row) => [row.turnId ?? '', row]))
  const steps = app.steps.filter((step) => app.places.has(step))
  const stepRows = new Map(steps.map((step) => [step, stepRow(step, app, session)]))
  const callRows = new Map(app.calls.map((call) => [call, callRow(call, app, session)]))
  for (const [item, row] of [...stepRows, ...callRows]) {
    const place = app.places.get(item)
    const parent = place?.parent ?? null
    row.parent = (parent === null ? undefined : stepRows.get(parent)) ?? byTurnId.get(place?.turnId ?? '') ?? root
  }
  const all = [root, ...turns, ...callRows.values(), ...stepRows.values()]
  return {
    session,
    root,
    all,
    byTurnId,
    byCallId: new Map(
      [...stepRows].flatMap(([{ spanId, callId }, row]) => [spanId, callId ?? spanId].map((id) => [id, row])),
    ),
    bySpanId: new Map([...callRows].map(([{ spanId }, row]) => [spanId, row])),
    rounds: [...callRows].map(([call, row]) => ({ row, round: roundOf(call, row) })),
    turns,
  }
}

function rowId(kind: 'a' | 'c', sessionId: string, { spanId }: AppCall | AppStep): string {
  return `${kind}:${sessionId}:${spanId}`
}

/** The model call, tool or agent that a row stands for. */
export function appCallOf(app: AppSession, row: TreeRow): AppCall | undefined {
  return app.calls.find((call) => rowId('a', row.sessionId, call) === row.id)
}

export function appStepOf(app: AppSession, row: TreeRow): AppStep | undefined {
  return app.steps.find((step) => rowId('c', row.sessionId, step) === row.id)
}

function rootRow(session: SessionFacts): DraftRow {
  return {
    id: `s:${session.id}`,
    kind: 'session_loop',
    sessionId: session.id,
    label: 'session',
    detail: joined([session.service ?? null, session.model]),
    start: session.firstAt,
    end: session.lastAt,
    status: 'ok',
    failures: 0,
    parts: [],
    note: '',
    turnId: null,
    callId: null,
    parent: null,
    spanCount: 0,
  }
}

function turnRow(turn: AppTurn, number: number, session: SessionFacts, root: DraftRow): DraftRow {
  return {
    id: `t:${session.id}:${number}`,
    kind: 'turn',
    sessionId: session.id,
    label: `turn ${number}`,
    detail: (turn.name ?? '').slice(0, 300).replace(/\s+/g, ' ').trim(),
    start: turn.start,
    end: turn.end,
    status: turn.failed ? 'error' : 'ok',
    failures: 0,
    parts: [],
    note: turn.failed ? 'failed' : '',
    turnId: turn.turnId,
    callId: null,
    parent: root,
    spanCount: 0,
  }
}

function callRow(call: AppCall, app: AppSession, session: SessionFacts): DraftRow {
  const { start, end, status, model, inputTokens, cachedTokens, outputTokens } = call
  const cached =
    inputTokens && cachedTokens !== null ? `, ${Math.round((cachedTokens / inputTokens) * 100)} % cached` : ''
  const tokens = `${shortCount(inputTokens ?? 0)} in${cached}, ${shortCount(outputTokens ?? 0)} out`
  const isKnown = inputTokens !== null || outputTokens !== null
  return {
    id: rowId('a', session.id, call),
    kind: 'api_call',
    sessionId: session.id,
    label: 'api_call',
    detail: joined([model, isKnown ? tokens : status !== 'failed' && 'usage not reported']),
    start,
    end,
    status: status === 'failed' ? 'error' : 'ok',
    failures: status === 'failed' ? 1 : 0,
    parts: tidyParts(partsOf(call), start, end),
    untimed: call.isTimed === 0,
    note: noteOf(call),
    turnId: app.places.get(call)?.turnId ?? null,
    callId: null,
    parent: null,
    spanCount: 0,
  }
}

function partsOf({ start, end, status, ttftMs }: AppCall): DraftPart[] {
  if (status === 'failed') return [{ kind: 'retry', start, end }]
  const first = start + (ttftMs ?? 0) * 1e6
  return [
    { kind: 'model_wait', start, end: first },
    { kind: 'model_stream', start: first, end },
  ]
}

function stepRow(step: AppStep, app: AppSession, session: SessionFacts): DraftRow {
  const { start, end, name, status, summary } = step
  return {
    id: rowId('c', session.id, step),
    kind: 'tool_call',
    sessionId: session.id,
    label: isAgent(step) ? joined(['agent', name]) : (name ?? 'tool_call'),
    detail: (summary ?? '').slice(0, 300).replace(/\s+/g, ' ').trim(),
    start,
    end,
    status: status === 'failed' ? 'error' : 'ok',
    failures: status === 'failed' && !isAgent(step) ? 1 : 0,
    // An agent's time is that of the calls it makes; what is left of it says nothing.
    parts: isAgent(step) ? [] : tidyParts([{ kind: 'tool_run', start, end }], start, end),
    untimed: step.isTimed === 0,
    note: noteOf(step),
    turnId: app.places.get(step)?.turnId ?? null,
    callId: step.callId ?? step.spanId,
    parent: null,
    spanCount: 0,
  }
}

function roundOf({ spanId, start, end, model }: AppCall, { turnId }: DraftRow): RoundFacts {
  return { spanId, turnId: turnId ?? '', start, end, model }
}

/** `_OTHER` is the convention's word for an error of no class. */
function noteOf({ errorType, isTimed }: AppCall | AppStep): string {
  const error = errorType === '_OTHER' ? 'failed' : (errorType?.slice(0, 160) ?? '')
  return joined([isTimed === 0 && untimedWords, error])
}
