import type { CommandResults } from '../../contract/commands.ts'
import { periodStart } from '../alerts/periods.ts'
import { limitStandings } from '../queries/limit-standing.ts'
import type { Db } from '../store/database.ts'
import { spendingIn } from './spending.ts'

type StatusFigures = Omit<CommandResults['statusline'], 'problem'>

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
