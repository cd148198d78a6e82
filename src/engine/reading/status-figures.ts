import { periodStart } from '../alerts/periods.ts'
import { limitStandings } from '../queries/limit-standing.ts'
import type { Db } from '../store/database.ts'
import { spendingIn } from './spending.ts'

export interface StatusFigures {
  readonly costUsd: number | null
  readonly calls: number
  readonly unpricedCalls: number
  /** Of the input of today; null without any. */
  readonly cachedShare: number | null
  /** How full the windows of the usage limit of all models are, short ones first; without those that were reset since. */
  readonly limits: readonly { readonly windowMinutes: number; readonly usedPercent: number }[]
}

/** What a status bar shows of today; a few milliseconds. */
export function statusFigures(db: Db, nowMs: number): StatusFigures {
  const { costUsd, calls, unpricedCalls, input, cached } = spendingIn(db, {
    fromMs: periodStart('day', nowMs),
    toMs: nowMs + 1,
  })
  const limits = limitStandings(db, nowMs)
    .filter(({ limitId, now }) => limitId === 'codex' && now.forecast.kind !== 'over')
    .map(({ windowMinutes, now: { usedPercent } }) => ({ windowMinutes, usedPercent }))
  return { costUsd, calls, unpricedCalls, cachedShare: input === 0 ? null : cached / input, limits }
}
