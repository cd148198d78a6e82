import { eachSpan, speaksOfModels } from '../otlp/wire/spans.ts'
import { decompress } from './compression.ts'
import type { Db } from './database.ts'
import { signalNumbers } from './signal-numbers.ts'
import { recordVersions } from './record-versions.ts'

export interface BodyToRemove {
  readonly id: number
  readonly signal: number
  readonly codec: number
  readonly size: number
  readonly bytes: Buffer
}

/** Rows between two pauses: about a millisecond. A body of 64 MiB has 180,000 spans. */
const rowsAtOnce = 300

/**
 * Takes a body and its rows in the index away, and notes that the sessions that it told of are `pruned`. Pauses at each `yield`, which may
 * end a transaction: the body itself goes last, so that one that was cut off is found again. The ids of traces that went with it must
 * not be used again from memory.
 */
export function bodyRemover(db: Db, { pruned } = { pruned: true }): (body: BodyToRemove) => Generator<void, void> {
  const findTrace = db.prepare<[Uint8Array], number>('SELECT id FROM trace WHERE trace_id = ?').pluck()
  // A span that came twice belongs to the body that brought it first.
  const removeSpan = db.prepare('DELETE FROM span WHERE trace = ? AND span_id = (? << 32) | ? AND body = ?')
  const removeLink = db.prepare('DELETE FROM span_link WHERE trace = ? AND span_id = (? << 32) | ?')
  const isEmpty = db.prepare<[number], number>('SELECT NOT EXISTS (SELECT 1 FROM span WHERE trace = ?)').pluck()
  const removeTrace = [
    db.prepare('DELETE FROM trace WHERE id = ?'),
    db.prepare('DELETE FROM trace_conversation WHERE trace = ?'),
  ]
  const noteTrace = db.prepare(
    `INSERT INTO pruned_session (session_id) SELECT conversation.id FROM trace_conversation
       JOIN conversation ON conversation.key = trace_conversation.conversation
     WHERE trace_conversation.trace = ? ON CONFLICT DO NOTHING`,
  )
  const noteLogs = db.prepare(
    `INSERT INTO pruned_session (session_id) SELECT id FROM conversation
     WHERE key IN (SELECT conversation FROM log WHERE body = ?) ON CONFLICT DO NOTHING`,
  )
  const versions = recordVersions(db)
  const removeRows = (table: string): string =>
    `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE body = ? LIMIT ${rowsAtOnce})`
  const removeLogs = db.prepare<[number], number>(`${removeRows('log')} RETURNING conversation`).pluck()
  const removePoints = db.prepare(removeRows('metric_point'))
  const removeBody = db.prepare('DELETE FROM body WHERE id = ?')

  return function* (body) {
    if (body.signal === signalNumbers.traces) yield* removeSpans(body.id, decompress(body.codec, body.bytes, body.size))
    if (body.signal === signalNumbers.logs) {
      if (pruned) noteLogs.run(body.id)
      for (let gone = removeLogs.all(body.id); gone.length > 0; gone = removeLogs.all(body.id)) {
        versions.renew(gone)
        yield
      }
    }
    if (body.signal === signalNumbers.metrics) while (removePoints.run(body.id).changes > 0) yield
    removeBody.run(body.id)
  }

  function* removeSpans(body: number, bytes: Buffer): Generator<void, void> {
    const traces = new Set<number>()
    const spans: { trace: number; high: number; low: number; linked: boolean }[] = []
    const known = new Map<string, number | undefined>()
    eachSpan(bytes, (view) => {
      const { traceIdAt, spanIdAt } = view
      const linked = view.linked || speaksOfModels(view)
      if (traceIdAt < 0 || spanIdAt < 0) return
      const key = bytes.toString('latin1', traceIdAt, traceIdAt + 16)
      if (!known.has(key)) known.set(key, findTrace.get(bytes.subarray(traceIdAt, traceIdAt + 16)))
      const trace = known.get(key)
      if (trace === undefined) return
      traces.add(trace)
      spans.push({ trace, high: bytes.readInt32BE(spanIdAt), low: bytes.readUInt32BE(spanIdAt + 4), linked })
    })
    if (pruned) for (const trace of traces) noteTrace.run(trace)
    const changed = new Set<number>()
    for (const [i, { trace, high, low, linked }] of spans.entries()) {
      const isOwn = removeSpan.run(trace, high, low, body).changes > 0
      if (isOwn) changed.add(trace)
      if (isOwn && linked) removeLink.run(trace, high, low)
      if (i % rowsAtOnce < rowsAtOnce - 1) continue
      versions.renewOfTraces(changed)
      changed.clear()
      yield
    }
    versions.renewOfTraces(changed)
    for (const trace of traces) if (isEmpty.get(trace) === 1) for (const statement of removeTrace) statement.run(trace)
  }
}
