import type { Budget, CommandResults } from '../../contract/commands.ts'
import { isPassed } from '../../model/alerts/budget.ts'
import { readRules } from '../alerts/keeper.ts'
import { nextMidnight, periodStart } from '../alerts/periods.ts'
import type { Db } from '../store/database.ts'
import { spendingIn } from './spending.ts'

type BudgetStanding = CommandResults['budget']['budgets'][number]

const hourMs = 3_600_000

/** Those of alert rules that are switched on. */
export function budgetRules(db: Db): readonly Budget[] {
  return readRules(db).flatMap(({ enabled, watched }) =>
    enabled && watched.kind === 'budget' ? [{ measure: watched.measure, per: watched.per, limit: watched.limit }] : [],
  )
}

/**
 * Today's pace is what was spent since midnight, by the hours since then: for the rest of the day, and for each day after it as much as
 * today will have at its end. Before one o'clock it is by a whole hour, for minutes say nothing of a day.
 */
export function standingOf(db: Db, { measure, per, limit }: Budget, nowMs: number): BudgetStanding {
  const spentSince = (fromMs: number): number => {
    const { costUsd, input, output } = spendingIn(db, { fromMs, toMs: nowMs + 1 })
    return measure === 'usd' ? (costUsd ?? 0) : input + output
  }
  const midnight = periodStart('day', nowMs)
  const spent = spentSince(periodStart(per, nowMs))
  const perMs = spentSince(midnight) / Math.max(nowMs - midnight, hourMs)
  const rest = (end: number): number => perMs * Math.max(0, end - nowMs)
  const tomorrow = nextMidnight(midnight)
  const ends = { hour: periodStart('hour', nowMs) + hourMs, day: tomorrow, month: tomorrow }
  const today = perMs * Math.max(nowMs - midnight, 0) + rest(tomorrow)
  const projected = spent + rest(ends[per]) + (per === 'month' ? today * daysLeft(nowMs) : 0)
  const state = isPassed(spent, limit) ? 'passed' : isPassed(projected, limit) ? 'will_pass' : 'within'
  return { measure, per, limit, spent, projected, state }
}

/** Of the month, after today. */
function daysLeft(nowMs: number): number {
  const now = new Date(nowMs)
  return new Date(now.getFullYear(), now.getMonth() + 1, 0).getDate() - now.getDate()
}
