import type { LimitSample } from '../../../../src/model/codex/limits/sample.ts'

export const minute = 60_000
export const hour = 60 * minute
/** 9:00 of some day. */
export const nine = Date.UTC(2026, 10, 3, 9)
/** Minutes of the window that the tests look at, unless they say another. */
export const fiveHours = 300

/** When the window is reset that began at eight, before anything was noted. */
export const reset = nine + 4 * hour

/** A sample of session `a` so many minutes after nine, in that window unless it says otherwise. */
export function sample(minutes: number, usedPercent: number, over: Partial<LimitSample> = {}): LimitSample {
  const atMs = nine + minutes * minute
  return {
    ...{ atMs, sessionId: 'a', turnId: 'turn-a', turnStartMs: atMs - minute, usedPercent },
    ...{ resetsAtMs: reset, plan: null, reached: false },
    ...over,
  }
}
