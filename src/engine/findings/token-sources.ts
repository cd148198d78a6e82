import { reconcile, type Reconciled, type ResponseTokens, type TokenSources } from '../../model/tokens/reconcile.ts'
import { fileAnswerReader } from '../history/read-file-answers.ts'
import type { Db } from '../store/database.ts'

/** A minute's metrics may arrive so many minutes later. */
const lateMinutes = 2

/** Reads what each source says of a session's tokens. */
export function readTokens(db: Db, sessionId: string): Reconciled {
  const compacts = `EXISTS (SELECT 1 FROM compaction WHERE compaction.session_id = @id
    AND at_ns > compaction.start_ns AND at_ns <= compaction.end_ns + 2000000) AS compacts`
  const responses = db
    .prepare<object, Told>(
      `SELECT turn_id AS turnId, input_tokens AS input, cached_tokens AS cached, output_tokens AS output,
         reasoning_tokens AS reasoning, ${compacts}
       FROM api_call WHERE session_id = @id AND status = 'completed' AND witness <> 'file'`,
    )
    .all({ id: sessionId })
  const file = fileAnswerReader(db)(sessionId)
  const turns = db
    .prepare<object, TokenSources['turns'][number]>(
      'SELECT turn_id AS turnId, total_tokens AS total FROM turn_span WHERE session_id = @id ORDER BY start_ns, turn_id',
    )
    .all({ id: sessionId })
  return reconcile({
    responses: responses.map(asResponse),
    file: file.length === 0 ? null : file.map(({ turnId, usage }) => ({ turnId, ...usage, compacts: false })),
    turns,
    metrics: metricsOf(db, sessionId),
  })
}

type Told = Omit<ResponseTokens, 'compacts'> & { compacts: number }

function asResponse({ compacts, ...call }: Told): ResponseTokens {
  return { ...call, compacts: compacts === 1 }
}

/** The sums of the minutes of a session, where no other of Codex ran in them. */
function metricsOf(db: Db, sessionId: string): TokenSources['metrics'] {
  const own = db
    .prepare<object, { first: number; last: number; alone: number }>(
      `SELECT own.first_ns / 60000000000 AS first, own.last_ns / 60000000000 + ${lateMinutes} AS last,
         NOT EXISTS (SELECT 1 FROM session AS other WHERE other.id <> own.id AND other.kind <> 'app'
           AND other.last_ns >= (own.first_ns / 60000000000 - ${lateMinutes}) * 60000000000
           AND other.first_ns < (own.last_ns / 60000000000 + ${lateMinutes} + 1) * 60000000000) AS alone
       FROM session AS own WHERE id = @id`,
    )
    .get({ id: sessionId })
  if (own === undefined || own.alone === 0) return null
  const sums = new Map(
    db
      .prepare<object, [string, number]>(
        `SELECT (SELECT label.value ->> 1 FROM json_each(labels) AS label WHERE label.value ->> 0 = 'token_type'), sum(sum)
         FROM metric_series JOIN metric_minute ON series = id
         WHERE name = 'codex.turn.token_usage' AND minute BETWEEN @first AND @last GROUP BY 1`,
      )
      .raw()
      .all(own),
  )
  const of = (type: string): number | null => sums.get(type) ?? null
  if (of('input') === null) return null
  return { input: of('input'), cached: of('cached_input'), output: of('output'), reasoning: of('reasoning_output') }
}
