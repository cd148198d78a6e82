import type { Stretch } from '../ledger/share.ts'
import { union, without } from '../ledger/stretches.ts'

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
  return new Map(suspects.map((suspect) => [suspect.callId, gapsOf(suspect, awake, known)]))
}

interface Suspect extends Stretch {
  readonly callId: string
  readonly missing: number
}

function spanOf({ callId, durationMs, spanStart: start, spanEnd: end }: TimedCall): Suspect[] {
  if (durationMs === null || start === null || end === null) return []
  return [{ callId, start, end, missing: end - start - durationMs * 1e6 }]
}

function gapsOf(suspect: Suspect, awake: readonly Stretch[], known: readonly (number | null)[]): Stretch[] {
  const silences = without(suspect, awake)
    .flatMap((silence) => splitAt(silence, known))
    .filter(({ start, end }) => end - start > slackNs)
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
  const gaps: Stretch[] = []
  let left = suspect.missing
  for (const { start, end } of silences) {
    if (left <= slackNs) break
    const length = Math.min(left, end - start)
    gaps.push({ start: end - length, end })
    left -= length
  }
  return union(gaps)
}

function splitAt({ start, end }: Stretch, known: readonly (number | null)[]): Stretch[] {
  const inside = known.filter((at) => at !== null && at > start && at < end).sort((a, b) => (a ?? 0) - (b ?? 0))
  const bounds = [start, ...inside, end].filter((at) => at !== null)
  return bounds.slice(1).map((at, i) => ({ start: bounds[i] ?? at, end: at }))
}

/** How long of a stretch the machine was away. */
export function awayWithin(stretch: Stretch, away: Away): number {
  const gaps = union([...away.values()].flat())
  return gaps.reduce(
    (ns, gap) => ns + Math.max(0, Math.min(gap.end, stretch.end) - Math.max(gap.start, stretch.start)),
    0,
  )
}
