import { answeredRequest } from '../codex/first-token.ts'
import { lastBegun } from '../last-begun.ts'
import { countUpTo } from '../sorted.ts'
import { brokenResponses } from './broken.ts'
import { tidyParts, type DraftPart, type DraftRow } from './draft.ts'
import type { AttemptFacts, CallFacts, RoundFacts, SessionFacts, TurnFacts } from './facts.ts'
import { joined, plural, shortCount, untimedWords } from './words.ts'

/** One round of a turn: the request for a response with all its retries. */
interface Round {
  readonly span: RoundFacts | null
  readonly calls: CallFacts[]
  readonly attempts: AttemptFacts[]
  readonly samplings: { readonly start: number; readonly end: number }[]
}

/** A log's time and a span's end are two readings of the clock, a few microseconds apart. */
const slackNs = 2_000_000

/**
 * The `api_call` rows of a session, with the `run_sampling_request` span of each where it has arrived. Facts belong to the
 * span around them; those without one are told apart by order: a completed response ends its round, and so does a turn.
 */
export function apiRows(session: SessionFacts): { row: DraftRow; round: RoundFacts | null }[] {
  const spans = [...session.rounds].sort((a, b) => a.start - b.start)
  const starts = spans.map(({ start }) => start)
  const rounds = spans.map((span): Round => ({ span, calls: [], attempts: [], samplings: [] }))
  const loose: { at: number; add: (round: Round) => void; ends: boolean }[] = []

  const place = (at: number, add: (round: Round) => void, ends: boolean): void => {
    const index = countUpTo(starts, at) - 1
    const span = spans[index]
    const round = rounds[index]
    if (span !== undefined && round !== undefined && at <= span.end + slackNs) add(round)
    else loose.push({ at, add, ends })
  }
  for (const call of session.calls) place(call.at, (round) => round.calls.push(call), call.status === 'completed')
  for (const attempt of session.attempts)
    if (attempt.endpoint !== '/models') place(attempt.at, (round) => round.attempts.push(attempt), false)
  for (const sampling of session.samplings) place(sampling.start, (round) => round.samplings.push(sampling), false)

  const all = [...rounds, ...looseRounds(loose, session)].filter(
    (round) =>
      round.span !== null ||
      round.calls.length > 0 ||
      round.attempts.some(({ kind, success }) => kind !== 'ws_connect' || !success),
  )
  return all
    .map((round) => ({ round, start: startOf(round) }))
    .sort((a, b) => a.start - b.start)
    .map(({ round, start }, i, sorted) => ({
      row: toRow(round, start, i, i === sorted.length - 1, session),
      round: round.span,
    }))
}

function looseRounds(
  loose: readonly { at: number; add: (round: Round) => void; ends: boolean }[],
  { turns }: SessionFacts,
): Round[] {
  const turnStarts = turns.map(({ start }) => start)
  const rounds: Round[] = []
  let current: Round | null = null
  let turn = -1
  for (const { at, add, ends } of [...loose].sort((a, b) => a.at - b.at)) {
    const at_turn = countUpTo(turnStarts, at)
    if (current === null || at_turn !== turn) {
      current = { span: null, calls: [], attempts: [], samplings: [] }
      rounds.push(current)
      turn = at_turn
    }
    add(current)
    if (ends) current = null
  }
  return rounds
}

function startOf({ span, calls, attempts, samplings }: Round): number {
  if (span !== null) return span.start
  return Math.min(
    ...(samplings.length + attempts.length === 0 ? calls.map(({ begunAfter }) => begunAfter ?? Infinity) : []),
    ...samplings.map(({ start }) => start),
    ...attempts.map(({ at, durationMs }) => at - (durationMs ?? 0) * 1e6),
    ...calls.map(({ at }) => at),
  )
}

/** Whether nothing but a session file's bounds tells when it began. */
function isBounded({ span, calls, attempts, samplings }: Round): boolean {
  return (
    span === null && samplings.length + attempts.length === 0 && calls.some(({ begunAfter }) => begunAfter !== null)
  )
}

/** All that is known of it is the record that says how it ended. */
function isUntimed({ span, samplings, attempts }: Round, start: number, end: number): boolean {
  return span === null && samplings.length + attempts.length === 0 && start === end
}

function toRow(round: Round, start: number, index: number, isLast: boolean, session: SessionFacts): DraftRow {
  const completed = round.calls.findLast(({ status }) => status === 'completed')
  const turn = lastBegun(session.turns, start + slackNs) ?? null
  const end = endOf(round, start, completed)
  const untimed = completed !== undefined && isUntimed(round, start, end)
  const isOpen = completed === undefined && isLast && round.span === null && turn?.end === null
  const requests = round.attempts.filter(({ kind }) => kind !== 'ws_connect')
  const retries = Math.max(0, requests.length - 1)
  const error = lastError(round)
  const status =
    completed !== undefined
      ? 'ok'
      : isOpen && session.state === 'live'
        ? 'open'
        : error !== null
          ? 'error'
          : cancelled(turn)
  return {
    id: `a:${session.id}:${index}`,
    kind: 'api_call',
    sessionId: session.id,
    label: 'api_call',
    detail: detailOf(round, completed, session),
    start,
    end: isOpen ? null : end,
    atMost: isBounded(round),
    untimed,
    status,
    failures: brokenResponses(round.calls).length + round.attempts.filter(({ success }) => !success).length,
    parts: tidyParts(
      isBounded(round) ? boundedParts(completed, start, end) : partsOf(round, completed, end),
      start,
      end,
    ),
    note: joined([untimed && untimedWords, retries > 0 && plural(retries, 'retry'), completed === undefined && error]),
    turnId: round.span?.turnId ?? turn?.turnId ?? null,
    callId: null,
    parent: null,
    spanCount: 0,
  }
}

function cancelled(turn: TurnFacts | null): 'cancelled' | 'unknown' {
  return turn?.state === 'interrupted' ? 'cancelled' : 'unknown'
}

/** The model's part of the round: a round's span goes on while tools run. */
function endOf({ calls, attempts, samplings }: Round, start: number, completed: CallFacts | undefined): number {
  const lastSampling = Math.max(start, ...samplings.map(({ end }) => end))
  if (completed !== undefined) return Math.max(completed.at, lastSampling)
  return Math.max(lastSampling, ...calls.map(({ at }) => at), ...attempts.map(({ at }) => at))
}

function lastError({ calls, attempts }: Round): string | null {
  const errors = [...calls, ...attempts].filter(({ error }) => error !== null).sort((a, b) => a.at - b.at)
  return errors.at(-1)?.error?.slice(0, 160) ?? null
}

function detailOf(round: Round, completed: CallFacts | undefined, session: SessionFacts): string {
  const model = completed?.model ?? round.span?.model ?? session.model
  const troubles = round.attempts
    .filter(({ success }) => !success)
    .map(({ statusCode, error }) => statusCode ?? error ?? '?')
  const tokens =
    completed === undefined
      ? null
      : `${shortCount(completed.inputTokens)} in${cachedShare(completed)}, ${shortCount(completed.outputTokens)} out`
  return joined([model, tokens, troubles.length > 0 && `after ${troubles.slice(0, 4).join(', ')}`])
}

function cachedShare({ inputTokens, cachedTokens }: CallFacts): string {
  return inputTokens === 0 ? '' : `, ${Math.round((cachedTokens / inputTokens) * 100)} % cached`
}

/**
 * Each try is a `codex.sampling` span: the last one waits for the first item and then streams, those before it failed and are
 * followed by a pause.
 */
function partsOf({ samplings, attempts, calls }: Round, completed: CallFacts | undefined, end: number): DraftPart[] {
  const tries = [...samplings].sort((a, b) => a.start - b.start)
  if (tries.length === 0) tries.push(...triesFromLogs(attempts, calls, end))
  const parts: DraftPart[] = []
  tries.forEach((sampling, i) => {
    const next = tries[i + 1]
    const isAnswer = completed !== undefined && sampling.start <= completed.at && completed.at <= sampling.end + slackNs
    if (isAnswer) {
      const within = attempts.filter(({ at }) => at >= sampling.start && at <= sampling.end)
      const { begun, headersAt } = answeredRequest(sampling.start, within)
      const split = completed.ttftMs === null ? begun : Math.min(headersAt + completed.ttftMs * 1e6, sampling.end)
      parts.push({ kind: 'retry', start: sampling.start, end: begun })
      parts.push({ kind: 'model_wait', start: begun, end: split })
      parts.push({ kind: 'model_stream', start: split, end: sampling.end })
    } else {
      const isBroken =
        completed !== undefined || next !== undefined || calls.length > 0 || attempts.some((a) => !a.success)
      parts.push({ kind: isBroken ? 'retry' : 'model_wait', start: sampling.start, end: sampling.end })
    }
    if (next !== undefined) parts.push({ kind: 'idle', start: sampling.end, end: next.start })
  })
  return parts
}

/** The first item of a turn is known; of later calls nothing divides what they may have taken. */
function boundedParts(completed: CallFacts | undefined, start: number, end: number): DraftPart[] {
  const split = completed?.firstItemAt ?? null
  if (split === null) return [{ kind: 'model', start, end }]
  return [
    { kind: 'model_wait', start, end: split },
    { kind: 'model_stream', start: split, end },
  ]
}

/** Without traces: each request from its sending to the failure, or to the response, that came of it. */
function triesFromLogs(
  attempts: readonly AttemptFacts[],
  calls: readonly CallFacts[],
  end: number,
): { start: number; end: number }[] {
  const requests = attempts.filter(({ kind }) => kind !== 'ws_connect').sort((a, b) => a.at - b.at)
  return requests.map(({ at, durationMs, success }, i) => {
    const start = at - (durationMs ?? 0) * 1e6
    const next = requests[i + 1]
    const outcome = calls.filter((call) => call.at >= at && (next === undefined || call.at < next.at)).at(-1)
    return { start, end: success ? (outcome?.at ?? (next === undefined ? end : at)) : at }
  })
}
