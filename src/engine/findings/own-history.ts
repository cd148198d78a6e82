import { historyKey, type OwnHistory } from '../../model/findings/context.ts'
import { isCommandTool } from '../../model/ledger/history.ts'
import type { Db } from '../store/database.ts'

/** So many of the latest tell how things usually are: an index holds them, whatever the history is. */
const latest = 1000

/**
 * What a session's findings are compared with: what was before it began, of whichever session, so that it is the same whenever
 * records arrive.
 */
export function ownHistoryReader(db: Db): (sessionId: string, firstNs: bigint) => OwnHistory {
  const models = db.prepare<[string], { model: string; effort: string | null }>(
    `SELECT DISTINCT model, effort FROM api_call
     WHERE session_id = ? AND status = 'completed' AND ttft_ms IS NOT NULL AND model IS NOT NULL`,
  )
  const firstItems = db
    .prepare<object, number>(
      `SELECT coalesce(first_token_ms, ttft_ms) FROM api_call
       WHERE model = @model AND effort IS @effort AND at_ns < @firstNs AND session_id <> @sessionId
         AND status = 'completed' AND ttft_ms IS NOT NULL
       ORDER BY at_ns DESC, coalesce(first_token_ms, ttft_ms) LIMIT ${latest}`,
    )
    .pluck()
  const names = db
    .prepare<[string], string>(
      'SELECT DISTINCT history FROM tool_call WHERE session_id = ? AND history IS NOT NULL AND run_ms IS NOT NULL',
    )
    .pluck()
  const runs = db
    .prepare<object, number>(
      `SELECT run_ms FROM tool_call
       WHERE history = @name AND at_ns < @firstNs AND session_id <> @sessionId AND run_ms IS NOT NULL
       ORDER BY at_ns DESC, run_ms LIMIT ${latest}`,
    )
    .pluck()
  const answers = db.prepare<object, { tool: string | null; command: string | null; approved: number }>(
    `SELECT coalesce(tool_call.tool, span_tool) AS tool, tool_call.summary AS command, decision LIKE 'approved%' AS approved
     FROM decision JOIN tool_call USING (session_id, call_id)
     WHERE lower(decision.source) = 'user' AND decision.at_ns < @firstNs AND session_id <> @sessionId
       AND coalesce(tool_call.at_ns, span_end_ns, span_start_ns) < @firstNs
     ORDER BY decision.at_ns DESC, session_id, call_id LIMIT ${latest}`,
  )
  const wasAsked = db
    .prepare<object, number>(
      `SELECT EXISTS (SELECT 1 FROM decision WHERE session_id = @sessionId AND lower(source) = 'user')
         OR EXISTS (SELECT 1 FROM tool_call WHERE session_id = @sessionId AND wait_end_ns IS NOT NULL)`,
    )
    .pluck()
  return (sessionId, firstNs) => {
    const own = { sessionId, firstNs }
    return {
      firstItems: new Map(
        models
          .all(sessionId)
          .map(({ model, effort }) => [
            historyKey(model, effort),
            ascending(firstItems.all({ ...own, model, effort })),
          ]),
      ),
      runs: new Map(names.all(sessionId).map((name) => [name, ascending(runs.all({ ...own, name }))])),
      approvals:
        wasAsked.get(own) === 1
          ? answers
              .all(own)
              .flatMap(({ tool, command, approved }) =>
                command === null || !isCommandTool(tool) ? [] : [{ command, denied: approved === 0 }],
              )
          : [],
    }
  }
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b)
}
