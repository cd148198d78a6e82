import { countUpTo } from '../../sorted.ts'
import type { CallEvidence, Evidence } from './evidence.ts'
import { turnAt, type Turn } from './turns.ts'

export interface SettledCall {
  readonly at: number
  readonly status: string
  readonly eventKind: string
  readonly turnId: string | null
  /** Of the `codex.sampling` span that ends with the response; null where none has arrived, never a guess. */
  readonly durationNs: number | null
}

export function settleCalls({ calls, samplings }: Evidence, turns: readonly Turn[]): readonly SettledCall[] {
  const sorted = [...samplings].sort((a, b) => a.start - b.start)
  const starts = sorted.map(({ start }) => start)
  return calls.map(({ at, status, eventKind }) => {
    const begun = sorted[countUpTo(starts, at) - 1]
    const sampling = begun !== undefined && at <= begun.end + slackNs ? begun : undefined
    return {
      at,
      status,
      eventKind,
      turnId: turnAt(turns, at)?.turnId ?? null,
      durationNs: sampling === undefined ? null : sampling.end - sampling.start,
    }
  })
}

/** A log's time and a span's end are two readings of the clock, a few microseconds apart. */
const slackNs = 2_000_000

/**
 * Failed responses, each once. A stream that breaks writes two records, what broke and then `response.completed`
 * with the error, within a millisecond.
 */
export function brokenResponses(calls: readonly CallEvidence[]): number {
  const failed = calls.filter(({ status }) => status === 'failed').sort((a, b) => a.at - b.at)
  let count = 0
  let pairFrom = -Infinity
  for (const { at } of failed) {
    if (at - pairFrom > slackNs) {
      count++
      pairFrom = at
    } else {
      pairFrom = -Infinity
    }
  }
  return count
}

/** Requests beyond the first one of each response: a response's requests are those since the one before it, in one turn. */
export function countRetries({ attempts, calls }: Evidence, turns: readonly Turn[]): number {
  const bounds = [
    ...calls.filter(({ status }) => status === 'completed').map(({ at }) => at),
    ...turns.map(({ start }) => start),
  ].sort((a, b) => a - b)
  const requests = new Map<number, number>()
  for (const { at, kind, endpoint } of attempts) {
    if (kind === 'ws_connect' || endpoint === '/models') continue
    const response = countUpTo(bounds, at)
    requests.set(response, (requests.get(response) ?? 0) + 1)
  }
  return [...requests.values()].reduce((sum, count) => sum + count - 1, 0)
}
