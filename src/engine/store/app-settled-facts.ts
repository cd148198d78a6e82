import type { GenAiCall, GenAiStep } from '../../model/genai/facts.ts'
import { keyOf } from '../../model/genai/requests.ts'
import type { Db } from './database.ts'

const shared = [
  ...['startNs', 'traceId', 'spanId', 'durationNs', 'status', 'errorType', 'service', 'language', 'environment'],
  ...['version', 'user', 'sessionId', 'conversation', 'parentSpanId', 'event', 'records'],
]
const columnsOf = {
  genai_call: [
    ...shared,
    ...[
      'inputTokens',
      'cachedTokens',
      'cacheWriteTokens',
      'hourWriteTokens',
      'outputTokens',
      'reasoningTokens',
      'model',
    ],
    ...['provider', 'operation', 'requestModel', 'responseModel', 'ttftMs', 'reportedCostUsd', 'finishReasons', 'ids'],
  ],
  genai_step: [...shared, 'kind', 'name', 'callId', 'summary'],
} as const

type Table = keyof typeof columnsOf

/** Writes what counts of a session: rows that are as they were stay, with their price; the caller holds the transaction. */
export function settledFactWriter(
  db: Db,
): (
  sessionId: string,
  settled: { readonly calls: readonly GenAiCall[]; readonly steps: readonly GenAiStep[] },
) => void {
  const calls = rowWriter(db, 'genai_call', ', cost_usd = NULL, price_version = NULL')
  const steps = rowWriter(db, 'genai_step', '')
  return (sessionId, settled) => {
    calls(
      sessionId,
      settled.calls.map((call) => ({
        ...call,
        model: call.responseModel ?? call.requestModel,
        finishReasons: call.finishReasons === null ? null : JSON.stringify(call.finishReasons),
        ids: JSON.stringify(call.ids),
        records: JSON.stringify(call.records),
      })),
    )
    steps(
      sessionId,
      settled.steps.map((step) => ({ ...step, records: JSON.stringify(step.records) })),
    )
  }
}

interface Row extends Omit<GenAiStep, 'records' | 'kind' | 'name' | 'callId' | 'summary'> {
  readonly records: string
}

function rowWriter(db: Db, table: Table, alsoReset: string): (sessionId: string, rows: readonly Row[]) => void {
  const columns = columnsOf[table]
  const names = columns.map((column) => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  const upsert = db.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})
     ON CONFLICT (start_ns, trace_id, span_id) DO UPDATE SET (${names.join(', ')}) = (${names.map((name) => `excluded.${name}`).join(', ')})${alsoReset}
     WHERE ${names.map((name) => `${name} IS NOT excluded.${name}`).join(' OR ')}`,
  )
  const known = db
    .prepare<[string], { startNs: bigint; traceId: string; spanId: string }>(
      `SELECT start_ns AS startNs, trace_id AS traceId, span_id AS spanId FROM ${table} WHERE session_id = ?`,
    )
    .safeIntegers(true)
  const remove = db.prepare(`DELETE FROM ${table} WHERE trace_id = ? AND span_id = ?`)
  const removeElsewhere = db.prepare(`DELETE FROM ${table} WHERE trace_id = ? AND span_id = ? AND start_ns <> ?`)
  return (sessionId, rows) => {
    const kept = new Map(rows.map((row) => [keyOf(row), row.startNs]))
    for (const row of known.all(sessionId))
      if (kept.get(keyOf(row)) !== row.startNs) remove.run(row.traceId, row.spanId)
    for (const row of rows) {
      // It may stand at the start that it was thought to have in another session.
      removeElsewhere.run(row.traceId, row.spanId, row.startNs)
      upsert.run({ ...row, sessionId })
    }
  }
}
