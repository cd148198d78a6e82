import { answeredRequest, requestOfLog, type AnsweredRequest } from '../first-token.ts'
import type { Witness } from '../../session/witness.ts'
import { countBelow, countUpTo } from '../../sorted.ts'
import type { CallEvidence, Evidence } from './evidence.ts'
import { turnFinder, type Turn } from './turns.ts'

export interface SettledCall {
  readonly at: number
  readonly status: string
  readonly eventKind: string
  readonly turnId: string | null
  /** Of the `codex.sampling` span that ends with the response; null where none has arrived, never a guess. */
  readonly durationNs: number | null
  /** From the request to the first token; null where nothing tells when the request was sent, or when the token came. */
  readonly firstTokenMs: number | null
  /** The second record of one broken response. */
  readonly echo: boolean
  readonly witness: Witness
}

export function settleCalls({ calls, samplings, attempts }: Evidence, turns: readonly Turn[]): readonly SettledCall[] {
  const sorted = [...samplings].sort((a, b) => a.start - b.start)
  const starts = sorted.map(({ start }) => start)
  const echoes = echoesAmong(calls)
  const turnAt = turnFinder(turns)
  const requestOf = requestFinder(attempts, calls)
  return calls.map((call) => {
    const { at, status, eventKind } = call
    const begun = sorted[countUpTo(starts, at) - 1]
    const sampling = begun !== undefined && at <= begun.end + slackNs ? begun : undefined
    return {
      at,
      status,
      eventKind,
      turnId: call.turnId ?? turnAt(at)?.turnId ?? null,
      durationNs: sampling === undefined ? null : sampling.end - sampling.start,
      firstTokenMs: firstTokenMs(call, requestOf(call, sampling), sampling),
      echo: echoes.has(call),
      witness: call.witness,
    }
  })
}

interface Span {
  readonly start: number
  readonly end: number
}

function firstTokenMs(
  { status, ttftMs }: CallEvidence,
  request: AnsweredRequest | null,
  sampling: Span | undefined,
): number | null {
  if (status !== 'completed' || ttftMs === null || request === null) return null
  const first = Math.min(request.headersAt + ttftMs * 1e6, sampling?.end ?? Infinity)
  return Math.max(0, Math.round((first - request.begun) / 1e6))
}

/** Finds the request that a response answers: among those of its try, else the last one that succeeded since the response before it. */
function requestFinder(
  attempts: Evidence['attempts'],
  calls: readonly CallEvidence[],
): (call: CallEvidence, sampling: Span | undefined) => AnsweredRequest | null {
  const sorted = [...attempts].sort((a, b) => a.at - b.at || a.attempt - b.attempt)
  const ats = sorted.map(({ at }) => at)
  const ends = calls.map(({ at }) => at).sort((a, b) => a - b)
  return ({ at }, sampling) => {
    if (sampling !== undefined)
      return answeredRequest(
        sampling.start,
        sorted.slice(countBelow(ats, sampling.start), countUpTo(ats, sampling.end)),
      )
    const before = ends[countBelow(ends, at) - 1] ?? -Infinity
    const since = sorted.slice(countUpTo(ats, before), countUpTo(ats, at))
    const answered = since.findLast(
      ({ success, kind, endpoint }) => success && kind !== 'ws_connect' && endpoint !== '/models',
    )
    return answered === undefined ? null : requestOfLog(answered)
  }
}

/** A log's time and a span's end are two readings of the clock, a few microseconds apart. */
const slackNs = 2_000_000

/**
 * A stream that breaks writes two records, what broke and then `response.completed` with the error, within a
 * millisecond: the second ones.
 */
function echoesAmong(calls: readonly CallEvidence[]): ReadonlySet<CallEvidence> {
  const failed = calls
    .filter(({ status }) => status === 'failed')
    .sort((a, b) => a.at - b.at || (a.eventKind < b.eventKind ? -1 : 1))
  const echoes = new Set<CallEvidence>()
  let pairFrom = -Infinity
  for (const call of failed) {
    if (call.at - pairFrom > slackNs) {
      pairFrom = call.at
    } else {
      echoes.add(call)
      pairFrom = -Infinity
    }
  }
  return echoes
}

/** Failed responses, each once. */
export function brokenResponses(calls: readonly CallEvidence[]): number {
  return calls.filter(({ status }) => status === 'failed').length - echoesAmong(calls).size
}

export interface SettledAttempt {
  readonly at: number
  readonly kind: string
  readonly attempt: number
  /** Whether it came after another one for the same response, and whether none came after it; null: it asks for no response. */
  readonly retry: boolean | null
  readonly final: boolean | null
}

/**
 * A response's requests are those since the response before it, in one turn and after one prompt: a websocket is warmed up by a
 * request of its own between the turn's start and its prompt.
 */
export function settleAttempts(
  { attempts, calls, prompts }: Evidence,
  turns: readonly Turn[],
): readonly SettledAttempt[] {
  const bounds = [
    ...calls.filter(({ status }) => status === 'completed').map(({ at }) => at),
    ...turns.map(({ start }) => start),
    ...prompts.map(({ at }) => at),
  ].sort((a, b) => a - b)
  const sorted = [...attempts].sort((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1) || a.attempt - b.attempt)
  const asks = sorted.filter(({ kind, endpoint }) => kind !== 'ws_connect' && endpoint !== '/models')
  const responses = asks.map(({ at }) => countUpTo(bounds, at))
  const places = new Map(asks.map((attempt, i) => [attempt, i]))
  return sorted.map((attempt) => {
    const { at, kind } = attempt
    const i = places.get(attempt)
    const same = { at, kind, attempt: attempt.attempt }
    if (i === undefined) return { ...same, retry: null, final: null }
    return { ...same, retry: responses[i] === responses[i - 1], final: responses[i] !== responses[i + 1] }
  })
}
