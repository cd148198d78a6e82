import { explain } from '../findings/explain.ts'
import { periodStart } from '../alerts/periods.ts'
import { findSession } from '../queries/session-list.ts'
import type { Db } from '../store/database.ts'
import { defaultSilenceMs } from '../../model/session/state.ts'
import { budgetRules } from './budgets.ts'
import { knownUsd } from './known-usd.ts'
import { spendingIn } from './spending.ts'

/** A session in the few figures that a line has room for. */
export interface FooterFigures {
  /** Of the session and those that it started; null where nothing could be priced. */
  readonly costUsd: number | null
  readonly dayUsd: number | null
  /** As the user's alert has it. */
  readonly dayBudgetUsd: number | null
  /** Of the time inside turns. */
  readonly waitShare: number | null
  /** Of the tokens that went in. */
  readonly cachedShare: number | null
  /** What cost most time, in a sentence. */
  readonly finding: string | null
}

export interface FooterReader {
  /** null: nothing has been received of it. */
  readonly figures: (sessionId: string, nowMs: number) => FooterFigures | null
  /** Another number whenever somebody has written to the store since. */
  readonly version: () => number
}

/** Of the session and all that it started. */
const familyCost = `
  WITH RECURSIVE family (id) AS (
    SELECT @id UNION SELECT session.id FROM session JOIN family ON session.parent_id = family.id)
  SELECT sum(cost_usd) FROM session WHERE id IN (SELECT id FROM family)`

const waits = `
  SELECT sum(iif(share = 'wait_user', ns, 0)) / nullif(sum(ns), 0) FROM turn_share WHERE session_id = ?`

export function footerReader(db: Db): FooterReader {
  const cost = db.prepare<object, number | null>(familyCost).pluck()
  const waiting = db.prepare<[string], number | null>(waits).pluck()
  return {
    version: () => db.pragma('data_version', { simple: true }) as number,
    figures(id, nowMs) {
      const summary = findSession(db, id, defaultSilenceMs)
      if (summary === null) return null
      const { input, cached } = summary.tokens
      const { findings } = explain(db, id, defaultSilenceMs)
      return {
        costUsd: cost.get({ id }) ?? null,
        dayUsd: knownUsd(spendingIn(db, { fromMs: periodStart('day', nowMs), toMs: nowMs + 1 })),
        dayBudgetUsd: dayBudget(db),
        waitShare: waiting.get(id) ?? null,
        cachedShare: input === 0 ? null : cached / input,
        finding: findings.find(({ dismissed, lostMs }) => !dismissed && lostMs > 0)?.title ?? null,
      }
    },
  }
}

/** The smallest one that is watched. */
function dayBudget(db: Db): number | null {
  const limits = budgetRules(db).flatMap(({ measure, per, limit }) =>
    measure === 'usd' && per === 'day' ? [limit] : [],
  )
  return limits.length === 0 ? null : Math.min(...limits)
}
