import type { Told } from '../../model/genai/told.ts'
import type { Db } from './database.ts'

/** Of arguments and prompts this much is kept; the whole is in the record. */
const summaryLength = 4000

/** Writes what records of applications tell inside the caller's transaction. The same record again changes nothing. */
export function toldWriter(db: Db): (told: Told) => void {
  const insert = db.prepare(
    `INSERT INTO genai_told (trace_id, span_id, kind, start_ns, duration_ns, parent_span_id, service, conversation, event, says)
     VALUES (@traceId, @spanId, @kind, @startNs, @durationNs, @parentSpanId, @service, @conversation, @event, @says)
     ON CONFLICT DO NOTHING`,
  )
  const insertId = db.prepare(
    'INSERT INTO genai_told_id (id, service, trace_id, span_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  return ({ says, ...told }) => {
    const summary = says.summary?.slice(0, summaryLength) ?? null
    if (insert.run({ ...told, says: JSON.stringify({ ...says, summary }) }).changes === 0) return
    for (const id of says.ids) insertId.run(id, told.service, told.traceId, told.spanId)
  }
}
