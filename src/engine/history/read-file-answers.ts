import { answersOf, type Answer } from '../../model/codex/rollout/answers.ts'
import type { Usage } from '../../model/codex/rollout/facts.ts'
import type { Db } from '../store/database.ts'
import { countingFiles } from './counting-files.ts'

interface CallRow extends Usage {
  responseId: string
  rolloutId: string
  turnId: string | null
  atMs: number
}

const usage = `input_tokens AS input, cached_tokens AS cached, cache_write_tokens AS cacheWrite, output_tokens AS output,
  reasoning_tokens AS reasoning`

/** The completed responses that Codex's files hold of a session, each once. */
export function fileAnswerReader(db: Db): (sessionId: string) => readonly Answer[] {
  const counting = countingFiles(db)
  const calls = db.prepare<[string], CallRow>(
    `SELECT response_id AS responseId, rollout_id AS rolloutId, turn_id AS turnId, at_ms AS atMs, ${usage} FROM rollout_call WHERE session_id = ?`,
  )
  const steps = db.prepare<[string], Omit<CallRow, 'responseId' | 'rolloutId'> & Pick<Answer, 'model' | 'effort'>>(
    `SELECT turn_id AS turnId, at_ms AS atMs, model, effort, ${usage} FROM rollout_step WHERE session_id = ? ORDER BY at_ms, rollout_id, offset`,
  )
  const withUsage = <R extends Usage>(row: R): R & { usage: Usage } => ({ ...row, usage: row })
  return (sessionId) =>
    answersOf(calls.all(sessionId).filter(counting(sessionId)).map(withUsage), steps.all(sessionId).map(withUsage))
}
