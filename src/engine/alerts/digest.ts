import type { Breach } from '../../model/alerts/rule.ts'
import { amount, minutes } from '../../model/alerts/words.ts'
import { plural } from '../../model/tree/words.ts'
import { spendingIn } from '../reading/spending.ts'
import type { Db } from '../store/database.ts'

const minuteMs = 60_000

/** What the week before this one was, told once in a week: on its Monday, or when Colophon runs again after that. */
export function digest(db: Db, nowMs: number): readonly Breach[] {
  const now = new Date(nowMs)
  const monday = (weeks: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7) - 7 * weeks).getTime()
  const [thisWeek, week, weekBefore] = [monday(0), monday(1), monday(2)]
  const { sessions, busyMs } = worked(db, week, thisWeek)
  // A week without a session is no news.
  if (sessions === 0) return []
  const usd = spendingIn(db, { fromMs: week, toMs: thisWeek }).costUsd ?? 0
  const usdBefore = spendingIn(db, { fromMs: weekBefore, toMs: week }).costUsd ?? 0
  const words = `Last week: ${plural(sessions, 'session')}, ${minutes(busyMs / minuteMs)} of work, ${amount('usd', usd)}${compared(usd, usdBefore)}`
  const cause = { sessionId: null, callId: null, panel: 'cost-total', fromMs: week, toMs: thisWeek }
  return [{ key: String(thisWeek), lasts: false, again: false, value: usd, words, cause }]
}

function compared(usd: number, before: number): string {
  const more = usd - before
  if (before === 0 || Math.abs(more) < 0.005) return ''
  return `, ${amount('usd', Math.abs(more))} ${more > 0 ? 'more' : 'less'} than the week before`
}

function worked(db: Db, fromMs: number, toMs: number): { readonly sessions: number; readonly busyMs: number } {
  return (
    db
      .prepare<object, { sessions: number; busyMs: number }>(
        `SELECT count(*) AS sessions, coalesce(sum(busy_ns), 0) / 1e6 AS busyMs FROM session
         WHERE kind = 'user' AND sample = 0 AND first_ns >= @from AND first_ns < @to`,
      )
      .get({ from: BigInt(fromMs) * 1_000_000n, to: BigInt(toMs) * 1_000_000n }) ?? { sessions: 0, busyMs: 0 }
  )
}
