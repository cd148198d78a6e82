import { isCommandTool } from '../../model/ledger/history.ts'
import type { OwnHistory } from '../../model/findings/context.ts'
import type { Db } from '../store/database.ts'

/** A percentile of so many of the latest is that of how things are now. */
const mostAnswers = 2000

/**
 * What a session's findings are compared with: what was before it began, of whichever session, so that it is the same whenever
 * records arrive.
 */
export function ownHistoryReader(db: Db): (sessionId: string, firstNs: bigint) => OwnHistory {
  const answers = db.prepare<object, { tool: string | null; command: string | null; approved: number }>(
    `SELECT coalesce(tool_call.tool, span_tool) AS tool, tool_call.summary AS command, decision LIKE 'approved%' AS approved
     FROM decision JOIN tool_call USING (session_id, call_id)
     WHERE lower(decision.source) = 'user' AND decision.at_ns < @firstNs AND session_id <> @sessionId
     ORDER BY decision.at_ns DESC, session_id, call_id LIMIT ${mostAnswers}`,
  )
  const asksUser = db
    .prepare<[string], number>("SELECT EXISTS (SELECT 1 FROM decision WHERE session_id = ? AND lower(source) = 'user')")
    .pluck()
  return (sessionId, firstNs) => ({
    firstItems: new Map(),
    runs: new Map(),
    approvals:
      asksUser.get(sessionId) === 1
        ? answers
            .all({ sessionId, firstNs })
            .flatMap(({ tool, command, approved }) =>
              command === null || !isCommandTool(tool) ? [] : [{ command, denied: approved === 0 }],
            )
        : [],
  })
}
