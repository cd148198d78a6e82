import type { ParsedParams, Value } from '../../contract/index.ts'
import { fitsSql, fittingSessions } from '../filters/fitting-sessions.ts'
import { dimensionsOf } from '../panels/dimensions.ts'
import { calledFrom } from '../queries/called.ts'
import type { Db } from '../store/database.ts'
import { dismissalReader } from './dismissals.ts'
import { nanoseconds } from './insights.ts'

/** So many are named; each is looked up for its title. */
const most = 200

interface SessionRow {
  id: string
  title: string
  atMs: number
  times: number
  lostMs: number
  lostUsd: number | null
}

/** The sessions behind a kind and subject of a range, the most time first. */
export function insightSessions(
  db: Db,
  { fromMs, toMs, filters, kind, subject }: ParsedParams<'insight.sessions'>,
  silenceMs: number,
): Value<'insight.sessions'> {
  const rows = db
    .prepare<object, SessionRow>(
      `SELECT session_id AS id, finding.title, at_ns / 1e6 AS atMs, times, lost_ns / 1e6 AS lostMs, lost_usd AS lostUsd
       FROM finding JOIN session ON session.id = session_id
       WHERE finding.kind = @kind AND subject = @subject AND at_ns >= @from AND at_ns < @to
         AND ${fitsSql}
       ORDER BY lost_ns DESC, lost_usd DESC, at_ns DESC, session_id`,
    )
    .all({
      ...{ kind, subject, from: nanoseconds(fromMs), to: nanoseconds(toMs) },
      dimensions: dimensionsOf(db, 'codex', filters).ofModels,
      sessions: fittingSessions(db, filters, silenceMs),
    })
  const calledOf = calledFrom(db)
  const isDismissed = dismissalReader(db)
  const isOfAll = isDismissed('', kind, subject)
  const sessions = rows.filter(({ id }) => isOfAll || !isDismissed(id, kind, subject)).slice(0, most)
  return {
    sessions: sessions.map((row) => ({ ...row, session: calledOf(row.id) })),
  }
}
