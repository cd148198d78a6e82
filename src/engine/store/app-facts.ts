import type { AppCall, AppStep } from '../../model/genai/session.ts'
import type { Db } from './database.ts'

const place = `trace_id AS traceId, span_id AS spanId, parent_span_id AS parentSpanId, start_ns - @base AS start,
  start_ns + coalesce(duration_ns, 0) - @base AS end, event, status, error_type AS errorType,
  duration_ns IS NOT NULL AS isTimed, records`

/** The model calls of an application's session, by start. Times are nanoseconds after `base`. */
export function readAppCalls(db: Db, id: string, base: bigint): AppCall[] {
  return db
    .prepare<object, AppCall>(
      `SELECT ${place}, operation, provider, model, input_tokens AS inputTokens, cached_tokens AS cachedTokens,
         cache_write_tokens AS cacheWriteTokens, output_tokens AS outputTokens, reasoning_tokens AS reasoningTokens,
         ttft_ms AS ttftMs, finish_reasons AS finishReasons, reported_cost_usd AS reportedCostUsd, cost_usd AS costUsd,
         hour_write_tokens AS hourWriteTokens, ids
       FROM genai_call WHERE session_id = @id ORDER BY start_ns, trace_id, span_id`,
    )
    .all({ id, base })
}

export function readAppSteps(db: Db, id: string, base: bigint): AppStep[] {
  return db
    .prepare<object, AppStep>(
      `SELECT ${place}, kind, name, call_id AS callId, summary
       FROM genai_step WHERE session_id = @id ORDER BY start_ns, trace_id, span_id`,
    )
    .all({ id, base })
}
