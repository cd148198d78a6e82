import { signal, type Signal } from '../../model/signal.ts'
import { decompress } from './compression.ts'
import type { Db } from './database.ts'
import { signalNumbers, type Ingester } from './ingest.ts'

/** Everything that is derived from bodies. */
const derived = [
  ...['span', 'span_link', 'trace_conversation', 'log', 'metric_point', 'metric_minute', 'metric_series'],
  ...['session_start', 'session_span', 'prompt', 'turn_span', 'turn_request', 'turn_mention', 'turn', 'api_call'],
  ...['api_attempt', 'tool_call', 'decision', 'sampling', 'model_round', 'compaction', 'compaction_reason', 'spawn'],
  ...['review', 'code_cell', 'code_callback', 'session', 'unsettled'],
]

interface BodyRow {
  id: number
  signal: number
  codec: number
  bytes: Buffer
}

export function reindexAll(db: Db, ingest: Ingester): number {
  const samples = db.prepare<[], string>('SELECT id FROM session WHERE sample = 1').pluck().all()
  for (const table of derived) db.prepare(`DELETE FROM ${table}`).run()
  const signals = new Map<number, Signal>(signal.options.map((name) => [signalNumbers[name], name]))
  const ids = db.prepare<[], number>('SELECT id FROM body ORDER BY id').pluck().all()
  const find = db.prepare<[number], BodyRow>('SELECT id, signal, codec, bytes FROM body WHERE id = ?')
  for (const id of ids) {
    const body = find.get(id)
    const of = signals.get(body?.signal ?? 0)
    if (body !== undefined && of !== undefined) ingest.reindex(of, id, decompress(body.codec, body.bytes))
  }
  const mark = db.prepare('UPDATE session SET sample = 1 WHERE id = ?')
  for (const id of samples) mark.run(id)
  return ids.length
}
