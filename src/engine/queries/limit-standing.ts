import type { LimitWindow } from '../../contract/limits.ts'
import { paceOf } from '../../model/codex/limits/pace.ts'
import { periodsOf, type LimitPeriod } from '../../model/codex/limits/periods.ts'
import type { Db } from '../store/database.ts'
import { windowSamples } from './limit-samples.ts'

/** What was noted longer ago says nothing of how a window stands now. */
export const standingMs = 30 * 86_400_000
/** A moment behind all that are noted. */
export const forever = 9e15

export type LimitStanding = Pick<LimitWindow, 'limitId' | 'name' | 'account' | 'windowMinutes' | 'now'>

/** How full each window is now and how fast it fills, without what moved it; windows in the order of `limit.list`. */
export function limitStandings(db: Db, nowMs: number): readonly LimitStanding[] {
  return windowSamples(db, nowMs - standingMs, forever).map(({ samples, ...window }) => ({
    ...window,
    now: standing(periodsOf(samples, window.windowMinutes), window.windowMinutes, nowMs),
  }))
}

/** By the filling that was noted last: with answers of several accounts that need not be the one that began last. */
export function standing(periods: readonly LimitPeriod[], windowMinutes: number, nowMs: number): LimitWindow['now'] {
  const lastOf = ({ points }: LimitPeriod): number => points.at(-1)?.atMs ?? 0
  const period = periods.reduce((a, b) => (lastOf(b) >= lastOf(a) ? b : a))
  const { usedPercent, startMs, resetsAtMs, plan } = period
  const told = { usedPercent, atMs: lastOf(period), startMs, resetsAtMs, plan }
  return { ...told, ...paceOf(period, windowMinutes, nowMs) }
}
