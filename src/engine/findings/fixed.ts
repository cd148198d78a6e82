import type { Insight } from '../../contract/findings.ts'
import { fitsSql } from '../filters/fitting-sessions.ts'
import type { Db } from '../store/database.ts'
import { insightSum, type CountedFinding } from './insight-sum.ts'

/** So long before a fix tells how it was without it. */
const beforeMs = 30 * 86_400_000

interface Among {
  readonly dimensions: string
  readonly sessions: string | null
}

/** What findings of a kind and subject lost before and since their fix was applied; null where none is in place. */
export function fixedReader(db: Db, among: Among): (kind: string, subject: string) => Insight['fixed'] {
  const applied = new Map(
    db.prepare<[], [string, number]>('SELECT json_array(kind, subject), at_ms FROM finding_fix').raw().all(),
  )
  const findings = db.prepare<object, CountedFinding>(
    `SELECT session_id AS sessionId, lost_ns / 1e6 AS lostMs, lost_usd AS lostUsd, times
     FROM finding JOIN session ON session.id = session_id
     WHERE finding.kind = @kind AND subject = @subject AND first_ns >= @from AND first_ns < @to AND ${fitsSql}`,
  )
  const sessions = db
    .prepare<object, number>(`SELECT count(*) FROM session WHERE first_ns >= @from AND first_ns < @to AND ${fitsSql}`)
    .pluck()
  return (kind, subject) => {
    const atMs = applied.get(JSON.stringify([kind, subject]))
    if (atMs === undefined) return null
    // A session that was under way when it was applied began without it.
    const counted = (fromMs: number, toMs: number): NonNullable<Insight['fixed']>['before'] => {
      const range = { from: BigInt(fromMs) * 1_000_000n, to: BigInt(toMs) * 1_000_000n, ...among }
      return { ...insightSum(findings.all({ ...range, kind, subject })), allSessions: sessions.get(range) ?? 0 }
    }
    const before = counted(Math.max(0, atMs - beforeMs), atMs)
    const after = counted(atMs, Math.max(atMs, Date.now()))
    /** What the sessions since would have lost at the rate before, less what they did. */
    const saved = (lostBefore: number, lostAfter: number): number | null =>
      before.allSessions === 0 ? null : (lostBefore / before.allSessions) * after.allSessions - lostAfter
    const isPriced = before.lostUsd !== null || after.lostUsd !== null
    return {
      ...{ atMs, before, after, savedMs: saved(before.lostMs, after.lostMs) },
      savedUsd: isPriced ? saved(before.lostUsd ?? 0, after.lostUsd ?? 0) : null,
    }
  }
}

type Last = Pick<Insight, 'kind' | 'subject' | 'fix'> & Insight['latest']

/** What a fix is in place for, as it was found last among these sessions. */
export function fixedAndGone(db: Db, among: Among): Last[] {
  return db
    .prepare<object, Last>(
      `SELECT kind, subject, fix, session_id AS sessionId, max(at_ns) / 1e6 AS atMs, title
       FROM (SELECT finding.*, dimension FROM finding_fix JOIN finding USING (kind, subject) JOIN session ON session.id = session_id
         WHERE ${fitsSql})
       GROUP BY kind, subject`,
    )
    .all(among)
}
