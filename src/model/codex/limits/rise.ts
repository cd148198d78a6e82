import type { LimitSample } from './sample.ts'

/** Use between turns that are further apart may be of another machine, of the cloud or of the web: no turn here made it. */
const quietMs = 10 * 60_000

interface Given {
  readonly draft: { readonly points: readonly LimitSample[]; readonly usedPercent: number }
  readonly sample: LimitSample
  /** The sample before it, of whatever filling. */
  readonly before: LimitSample | null
  readonly windowMs: number
  readonly slackMs: number
}

/** By how much a window rose with a sample, and whether its turn made that. */
export function riseOf(given: Given): { readonly risePercent: number; readonly own: boolean } {
  const { draft, sample, before } = given
  const isFirst = draft.points.length === 0
  const startMs = sample.resetsAtMs === null ? null : sample.resetsAtMs - given.windowMs
  const begun = sample.turnStartMs ?? sample.atMs
  // What filled a window before anything was noted of it is not known, but where it began after the last look, or with the turn.
  const knownFrom = Math.min(before?.atMs ?? Infinity, begun) - given.slackMs
  if (isFirst && (startMs === null || startMs < knownFrom)) return { risePercent: 0, own: false }
  const risePercent = Math.max(0, sample.usedPercent - (isFirst ? 0 : draft.usedPercent))
  const sinceMs = Math.max(before?.atMs ?? -Infinity, isFirst ? (startMs ?? -Infinity) : -Infinity)
  return { risePercent, own: risePercent > 0 && !sample.reached && begun - sinceMs <= quietMs }
}
