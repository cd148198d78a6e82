import { errorBeyondStatus } from '../codex/request-error.ts'
import type { AppCall, AppStep } from '../genai/session.ts'
import { appCallOf, appStepOf } from '../tree/app-rows.ts'
import { brokenResponses } from '../tree/broken.ts'
import { between, byTime } from '../tree/by-time.ts'
import { rowDescriber } from '../tree/describe.ts'
import type { AttemptFacts, DecisionFacts, SessionFacts, TreeFacts } from '../tree/facts.ts'
import { ownMs, type RowStatus, type TreeRow } from '../tree/row.ts'
import { joined } from '../tree/words.ts'
import { countUpTo } from '../sorted.ts'

export type EntryKind =
  'prompt' | 'api_call' | 'tool_call' | 'decision' | 'error' | 'compaction' | 'response' | 'helper'

/** Where the telemetry's record of an entry is found: a log by its time (nanoseconds after the base) and event, a span by what it stands for. */
export type EntrySource =
  | { readonly kind: 'log'; readonly at: number; readonly event: string }
  | { readonly kind: 'tool_span'; readonly callId: string }
  | { readonly kind: 'span'; readonly spanId: string }

export interface Entry {
  readonly kind: EntryKind
  readonly timeMs: number
  readonly durationMs: number | null
  /** So long at most. */
  readonly atMost: boolean
  readonly title: string
  readonly summary: string
  readonly figures: { readonly name: string; readonly value: string }[]
  readonly status: RowStatus
  readonly depth: number
  readonly rowId: string | null
  readonly source: EntrySource | null
}

const attemptEvents: Readonly<Record<string, string>> = {
  http: 'codex.api_request',
  ws_connect: 'codex.websocket_connect',
  ws_request: 'codex.websocket_request',
}

/** So far apart are two words for one error at most. */
const sameMomentNs = 5e9

/** A log's time and a span's end are two readings of the clock, a few microseconds apart. */
const slackNs = 2_000_000

/** What happened in a session's turns, but for prompts and responses: calls, tools, decisions, errors, compactions, helpers. */
export function entriesOf(facts: TreeFacts, session: SessionFacts, rows: readonly TreeRow[]): Entry[] {
  const toMs = (at: number): number => facts.baseMs + at / 1e6
  const byId = new Map(rows.map((row) => [row.id, row]))
  const describe = rowDescriber(facts)
  const own = rows.filter(({ sessionId }) => sessionId === session.id)
  const results = new Map(session.tools.map((tool) => [tool.callId, tool]))
  const tools = new Map(own.flatMap((row) => (row.kind === 'tool_call' ? [[row.callId, row] as const] : [])))
  const helpers = rows.filter(
    ({ kind, parentId, sessionId }) =>
      kind === 'session_loop' && sessionId !== session.id && byId.get(parentId ?? '')?.sessionId === session.id,
  )
  const completed = session.calls.filter(({ status }) => status === 'completed').sort(byTime)
  const attempts = session.attempts.toSorted(byTime)
  const rounds = session.rounds.map((round) => ({ ...round, at: round.start })).sort(byTime)
  const apiRows = own.filter(({ kind }) => kind === 'api_call').sort((a, b) => a.startMs - b.startMs)
  const apiStarts = apiRows.map(({ startMs }) => startMs)
  const { app } = session
  if (app !== undefined) return [...app.steps.flatMap((step) => ofPrompt(step)), ...own.flatMap((row) => ofRow(row))]
  return [
    ...own.flatMap((row) => ofRow(row)),
    ...helpers.map((row) => fromRow(row, 'helper', null)),
    ...session.decisions.map((decision) => ofDecision(decision)),
    ...ofErrors(session),
  ]

  function fromRow(row: TreeRow, kind: EntryKind, source: EntrySource | null): Entry {
    return {
      kind,
      timeMs: row.startMs,
      durationMs: ownMs(row),
      atMost: row.atMost,
      title: row.label,
      // What the note of a tool's row says, its figures say as well.
      summary: app === undefined && kind === 'tool_call' ? row.detail : joined([row.detail, row.note]),
      figures: describe(row),
      status: row.status,
      depth: depthOf(row),
      rowId: row.id,
      source,
    }
  }

  function ofRow(row: TreeRow): Entry[] {
    if (app !== undefined) return row.kind === 'turn' ? [] : ofApp(row)
    if (row.kind === 'api_call') return [fromRow(row, 'api_call', responseOf(row))]
    if (row.kind === 'tool_call') return [fromRow(row, 'tool_call', resultOf(row))]
    if (row.kind !== 'compaction') return []
    return [fromRow(row, 'compaction', { kind: 'span', spanId: row.id.split(':').at(-1) ?? '' })]
  }

  function ofApp(row: TreeRow): Entry[] {
    if (row.kind !== 'api_call' && row.kind !== 'tool_call') return []
    const record = app === undefined ? undefined : (appCallOf(app, row) ?? appStepOf(app, row))
    return [fromRow(row, row.kind, record === undefined ? null : sourceOfApp(record))]
  }

  function ofPrompt(step: AppStep): Entry[] {
    if (step.kind !== 'prompt') return []
    const words = { title: 'prompt', summary: step.summary ?? '', figures: [], status: 'ok' as const }
    const place = { depth: 0, rowId: null, source: sourceOfApp(step) }
    return [{ kind: 'prompt', timeMs: toMs(step.start), durationMs: null, atMost: false, ...words, ...place }]
  }

  /** The response, else the last request that was made for it, else the span around them. */
  function responseOf(row: TreeRow): EntrySource | null {
    const from = (row.startMs - facts.baseMs) * 1e6 - slackNs
    const to = row.durationMs === null ? Infinity : from + row.durationMs * 1e6 + 2 * slackNs
    const call = between(completed, from, to).at(-1)
    if (call !== undefined && call.begunAfter !== null) return null
    if (call !== undefined) return { kind: 'log', at: call.at, event: 'codex.sse_event' }
    const attempt = between(attempts, from, to).at(-1)
    if (attempt !== undefined) return sourceOfAttempt(attempt)
    // A row's start went through milliseconds: it is as exact as they are.
    const [round] = between(rounds, from + slackNs - 1000, from + slackNs + 1000)
    return round === undefined ? null : { kind: 'span', spanId: round.spanId }
  }

  function resultOf({ callId }: TreeRow): EntrySource | null {
    const tool = results.get(callId ?? '')
    if (tool === undefined || tool.witness === 'file') return null
    if (tool.at !== null) return { kind: 'log', at: tool.at, event: 'codex.tool_result' }
    return { kind: 'tool_span', callId: tool.callId }
  }

  function ofDecision({ at, callId, decision, source, tool }: DecisionFacts): Entry {
    const row = tools.get(callId)
    return {
      kind: 'decision',
      timeMs: toMs(at),
      durationMs: null,
      atMost: false,
      title: decision,
      summary: joined([source, tool]),
      figures: [],
      status: decision.startsWith('approved') ? 'ok' : 'cancelled',
      depth: row === undefined ? 0 : depthOf(row) + 1,
      rowId: row?.id ?? null,
      source: { kind: 'log', at, event: 'codex.tool_decision' },
    }
  }

  function ofErrors({ attempts, calls, errors, turns }: SessionFacts): Entry[] {
    const requests = attempts
      .filter(({ success }) => !success)
      .map((attempt) => {
        const { statusCode, at } = attempt
        const error = errorBeyondStatus(statusCode, attempt.error)
        const title = joined(['request failed', statusCode !== null && String(statusCode)])
        return ofError({ at, error }, title, sourceOfAttempt(attempt))
      })
    const responses = brokenResponses(calls).map((call) =>
      ofError(call, 'response failed', { kind: 'log', at: call.at, event: 'codex.sse_event' }),
    )
    // Of what the telemetry tells as well, the file says the same in other words, a moment later.
    const heard = [...attempts.filter(({ success }) => !success), ...calls.filter(({ status }) => status === 'failed')]
    const failed = turns.flatMap(({ failedAlone, end, ...turn }) =>
      failedAlone && end !== null ? [{ ...turn, at: end }] : [],
    )
    const told = errors
      .filter(({ at }) => ![...heard, ...failed].some((one) => Math.abs(one.at - at) <= sameMomentNs))
      .map((error) => ofError(error, 'Codex reported an error', null))
    const ends = failed.map((turn) => ({
      ...ofError(turn, 'turn failed', null),
      ...{ depth: 0, rowId: `t:${session.id}:${turn.number}` },
    }))
    return [...requests, ...responses, ...ends, ...told]
  }

  function ofError(
    { at, error }: { at: number; error: string | null },
    title: string,
    source: EntrySource | null,
  ): Entry {
    const row = apiRowAt(at)
    const place = { depth: row === undefined ? 0 : 1, rowId: row?.id ?? null, source }
    const words = { title, summary: error ?? '', figures: [], status: 'error' as const }
    return { kind: 'error', timeMs: toMs(at), durationMs: null, atMost: false, ...words, ...place }
  }

  /** Where one call ends as the next begins, what happened then belongs to the first. */
  function apiRowAt(at: number): TreeRow | undefined {
    const holds = (row: TreeRow | undefined): boolean =>
      row !== undefined && (row.durationMs === null || toMs(at - slackNs) <= row.startMs + row.durationMs)
    let index = countUpTo(apiStarts, toMs(at + slackNs)) - 1
    while (holds(apiRows[index - 1])) index--
    return holds(apiRows[index]) ? apiRows[index] : undefined
  }

  /** Below the turn's own calls: nested calls, and what helpers stand below. */
  function depthOf(row: TreeRow): number {
    const parent = byId.get(row.parentId ?? '')
    return parent?.kind === 'tool_call' ? depthOf(parent) + 1 : 0
  }
}

function sourceOfApp({ event, end, spanId }: AppCall | AppStep): EntrySource {
  return event === null ? { kind: 'span', spanId } : { kind: 'log', at: end, event }
}

function sourceOfAttempt({ at, kind }: AttemptFacts): EntrySource {
  return { kind: 'log', at, event: attemptEvents[kind] ?? 'codex.api_request' }
}
