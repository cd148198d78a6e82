import type { Stretch } from '../ledger/share.ts'
import { union } from '../ledger/stretches.ts'

/** What is known of one call's time. Times are nanoseconds of the wall's clock; `durationMs` is of a clock that stands still in a sleep. */
export interface TimedCall {
  readonly callId: string
  readonly at: number | null
  readonly durationMs: number | null
  readonly spanStart: number | null
  readonly spanEnd: number | null
}

/** By call: when the machine was away while it ran. */
export type Away = ReadonlyMap<string, readonly Stretch[]>

/** A span is some milliseconds longer than the call that it is of, and on a busy machine a second. */
const slackNs = 5_000_000_000

/**
 * When the machine was away (asleep, or stopped) while a call ran: its span is longer than the time that the call took. The gap is
 * where nothing else was heard of: not within another call whose two times agree, nor at the moment of any record. When within such a
 * silence it began, nothing tells; what is left of the call is taken to come before.
 */
export function awayByCall(calls: readonly TimedCall[], moments: readonly number[]): Away {
  const spans = calls.flatMap((call) => spanOf(call))
  const suspects = spans.filter(({ missing }) => missing > slackNs)
  if (suspects.length === 0) return new Map()
  const awake = spans.filter(({ missing }) => missing <= slackNs)
  const known = [...moments, ...calls.flatMap(({ at, spanStart, spanEnd }) => [at, spanStart, spanEnd])]
  const silences = silencesOf(awake, known)
  return new Map(suspects.map((suspect) => [suspect.callId, gapsOf(suspect, silences)]))
}

interface Suspect extends Stretch {
  readonly callId: string
  readonly missing: number
}

function spanOf({ callId, durationMs, spanStart: start, spanEnd: end }: TimedCall): Suspect[] {
  if (durationMs === null || start === null || end === null) return []
  return [{ callId, start, end, missing: end - start - durationMs * 1e6 }]
}

/**
 * Where nothing is known for longer than the slack, in order. Looked for once for all calls: where a span begins and ends is known, too, so each
 * silence lies within a call or beside it.
 */
function silencesOf(awake: readonly Stretch[], known: readonly (number | null)[]): Stretch[] {
  const times = known.filter((at) => at !== null).sort((a, b) => a - b)
  const covered = union(awake)
  const silences: Stretch[] = []
  let next = 0
  for (const [i, end] of times.entries()) {
    const start = times[i - 1] ?? end
    if (end - start <= slackNs) continue
    while (next < covered.length && (covered[next]?.end ?? 0) <= start) next++
    if ((covered[next]?.start ?? Infinity) >= end) silences.push({ start, end })
  }
  return silences
}

function gapsOf(suspect: Suspect, silences: readonly Stretch[]): Stretch[] {
  const within = silences
    .filter(({ start, end }) => start >= suspect.start && end <= suspect.end)
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
  const gaps: Stretch[] = []
  let left = suspect.missing
  for (const { start, end } of within) {
    if (left <= slackNs) break
    const length = Math.min(left, end - start)
    gaps.push({ start: end - length, end })
    left -= length
  }
  return union(gaps)
}

/** How long of a stretch the machine was away. */
export function awayWithin(stretch: Stretch, away: Away): number {
  const gaps = union([...away.values()].flat())
  return gaps.reduce(
    (ns, gap) => ns + Math.max(0, Math.min(gap.end, stretch.end) - Math.max(gap.start, stretch.start)),
    0,
  )
}
