import type { Joined } from '../../model/codex/join/join.ts'
import type { PromptEvidence } from '../../model/codex/settle/evidence.ts'
import type { Settled } from '../../model/codex/settle/index.ts'
import type { Difference, Witness } from '../../model/session/witness.ts'
import type { Db } from './database.ts'
import { fileRowWriter } from './file-rows.ts'
import { integers } from './integers.ts'

/** What settling found of a session, by whom it was told. */
export interface SettledRows extends Omit<Settled, 'away'> {
  readonly witness: Witness
  readonly differences: readonly Difference[]
  readonly prompts: readonly PromptEvidence[]
  readonly added: Joined['added']
}

/**
 * The row that evidence was read of: `@at` nanoseconds after the session's first moment, as a number has them. Behind a hundred days (a session
 * that was resumed after months) numbers stand for two nanoseconds and more.
 */
const isAt = 'at_ns BETWEEN @base + @at - 64 AND @base + @at + 64 AND CAST(at_ns - @base AS REAL) = @at'

export function settledWriter(db: Db): (sessionId: string, firstNs: bigint, settled: SettledRows) => void {
  const updateSession = db.prepare(
    `UPDATE session SET kind = @kind, parent_id = @parentId, parent_call_id = @parentCallId, title = @title,
       end_state = @endState, busy_ns = @busyNs, open_since_ns = @base + @openSince, models = @models, model = @model,
       effort = @effort, folder = @folder, approval_policy = @approvalPolicy, sandbox_policy = @sandboxPolicy,
       prompts = @prompts, turns = @turns, api_calls = @apiCalls, failed_api_calls = @failedApiCalls,
       retries = @retries, tool_calls = @toolCalls, failed_tool_calls = @failedToolCalls,
       wrapper_calls = @wrapperCalls, cancelled_tool_calls = @cancelledToolCalls, non_zero_exits = @nonZeroExits,
       errors = @errors, input_tokens = @input, cached_tokens = @cached, cache_write_tokens = @cacheWrite,
       output_tokens = @output, reasoning_tokens = @reasoning, witness = @witness, differences = @differences
     WHERE id = @id`,
  )
  // Only what differs is written: every row that changes has its hour summed up anew.
  const deleteTurns = db.prepare('DELETE FROM turn WHERE session_id = ? AND number > ?')
  const upsertTurn = db.prepare(
    `INSERT INTO turn (session_id, number, turn_id, start_ns, end_ns, state, prompt_at_ns, away_ns, error, failed_alone, abandoned, witness)
     VALUES (@id, @number, @turnId, @base + @start, @base + @end, @state, @base + @promptAt, @awayNs, @error, @failedAlone, @abandoned, @witness)
     ON CONFLICT DO UPDATE SET turn_id = excluded.turn_id, start_ns = excluded.start_ns, end_ns = excluded.end_ns,
       state = excluded.state, prompt_at_ns = excluded.prompt_at_ns, away_ns = excluded.away_ns, error = excluded.error,
       failed_alone = excluded.failed_alone, abandoned = excluded.abandoned, witness = excluded.witness
     WHERE turn_id IS NOT excluded.turn_id OR start_ns <> excluded.start_ns OR end_ns IS NOT excluded.end_ns
       OR state <> excluded.state OR prompt_at_ns IS NOT excluded.prompt_at_ns
       OR away_ns <> excluded.away_ns OR error IS NOT excluded.error OR failed_alone <> excluded.failed_alone
       OR abandoned <> excluded.abandoned OR witness <> excluded.witness`,
  )
  const updateCall = db.prepare(
    `UPDATE api_call SET turn_id = @turnId, duration_ns = @durationNs, first_token_ms = @firstTokenMs, echo = @echo, witness = @witness
     WHERE session_id = @id AND ${isAt} AND status = @status AND event_kind = @eventKind
       AND (turn_id IS NOT @turnId OR duration_ns IS NOT @durationNs OR first_token_ms IS NOT @firstTokenMs OR echo <> @echo OR witness <> @witness)`,
  )
  const updateAttempt = db.prepare(
    `UPDATE api_attempt SET retry = @retry, final = @final
     WHERE session_id = @id AND ${isAt} AND kind = @kind AND attempt = @attempt
       AND (retry IS NOT @retry OR final IS NOT @final)`,
  )
  const updateTool = db.prepare(
    `UPDATE tool_call SET turn_id = @turnId, parent_call_id = @parentCallId, role = @role, witness = @witness
     WHERE session_id = @id AND call_id = @callId
       AND (turn_id IS NOT @turnId OR parent_call_id IS NOT @parentCallId OR role IS NOT @role
         OR witness <> @witness)`,
  )
  const updatePrompt = db.prepare(
    `UPDATE prompt SET witness = @witness WHERE session_id = @id AND ${isAt} AND witness <> @witness`,
  )
  const writeFileRows = fileRowWriter(db)
  return (id, base, { session, witness, differences, turns, calls, attempts, tools, prompts, added }) => {
    const { tokens, models, ...columns } = session
    updateSession.run({
      id,
      base,
      ...integers(columns),
      ...tokens,
      models: JSON.stringify(models),
      witness,
      differences: JSON.stringify(differences),
    })
    writeFileRows(id, base, {
      prompts: added.prompts,
      calls: withSettled(added.calls, calls),
      tools: withSettled(added.tools, tools),
      compactions: added.compactions,
    })
    deleteTurns.run(id, turns.length)
    turns.forEach((turn, i) => upsertTurn.run({ id, base, number: i + 1, ...integers(turn) }))
    for (const { at, witness: of } of prompts) updatePrompt.run({ id, base, ...integers({ at }), witness: of })
    // A row of a file has all but a duration, which triggers want to hear of as a change.
    for (const call of calls.filter(({ witness: of, durationNs }) => of !== 'file' || durationNs !== null))
      updateCall.run({ id, base, ...integers(call) })
    for (const attempt of attempts) updateAttempt.run({ id, base, ...integers(attempt) })
    for (const tool of tools.filter(({ witness: of }) => of !== 'file')) updateTool.run({ id, ...tool })
  }
}

/** Settling answers in the order of the evidence, at whose end stands what the file added. */
function withSettled<A extends object, S extends object>(added: readonly A[], settled: readonly S[]): (A & S)[] {
  const own = settled.slice(settled.length - added.length)
  return added.map((row, i) => ({ ...row, ...(own[i] as S) }))
}
