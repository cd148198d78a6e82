import type { LimitPeriod } from './periods.ts'

const hourMs = 3_600_000

/**
 * full: at this pace it is full before it is reset. lasts: it is not. still: nothing used lately. reached: it is full.
 * over: it has been reset since anything was noted of it.
 */
export type Forecast =
  { readonly kind: 'full'; readonly atMs: number } | { readonly kind: 'lasts' | 'still' | 'reached' | 'over' }

export interface Pace {
  /** Points of a percent an hour. */
  readonly perHour: number
  /** Over so many hours until now. */
  readonly hours: number
  readonly forecast: Forecast
}

/** By the last hour where a window is of hours, by the last day where it is of days. */
export function paceHours(windowMinutes: number): number {
  return windowMinutes < 24 * 60 ? 1 : 24
}

/** How fast a filling goes on, and where that leads. */
export function paceOf(period: LimitPeriod, windowMinutes: number, nowMs: number): Pace {
  const hours = paceHours(windowMinutes)
  const { usedPercent, resetsAtMs } = period
  const perHour = risenSince(period, nowMs - hours * hourMs) / hours
  const of = (forecast: Forecast): Pace => ({ perHour, hours, forecast })
  if (resetsAtMs !== null && resetsAtMs <= nowMs) return of({ kind: 'over' })
  if (usedPercent >= 100) return of({ kind: 'reached' })
  if (perHour <= 0) return of({ kind: 'still' })
  const fullMs = Math.round(nowMs + ((100 - usedPercent) / perHour) * hourMs)
  return of(resetsAtMs !== null && fullMs >= resetsAtMs ? { kind: 'lasts' } : { kind: 'full', atMs: fullMs })
}

/** What is known to have been used since then; where the filling began later, all of it that is known. */
function risenSince({ points }: LimitPeriod, fromMs: number): number {
  return points.reduce((sum, { atMs, risePercent }) => sum + (atMs > fromMs ? risePercent : 0), 0)
}
