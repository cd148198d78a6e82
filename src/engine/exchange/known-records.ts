import { canonicalJson } from '../../model/exchange/canonical-json.ts'
import { text } from '../../model/attributes.ts'
import type { Signal } from '../../model/signal.ts'
import { eachLog } from '../otlp/wire/logs.ts'
import { eachSpan } from '../otlp/wire/spans.ts'
import type { Db } from '../store/database.ts'
import { origins } from '../store/origins.ts'
import { bodyReader, groupReaders, messageAt } from './bodies.ts'

/**
 * Finds the records of a request that were stored before the import began, so that the export of a session adds nothing
 * where the session is. Spans are known by their ids; a log by its content, of which a file may hold two that are equal.
 */
export function knownRecords(db: Db, lastBody: number): (signal: Signal, bytes: Buffer) => Set<number> {
  const findTrace = db.prepare<[Uint8Array], number>('SELECT id FROM trace WHERE trace_id = ?').pluck()
  const findSpan = db
    .prepare<unknown[], number>('SELECT 1 FROM span WHERE trace = ? AND span_id = (? << 32) | ?')
    .pluck()
  const findConversation = db.prepare<[string], number>('SELECT key FROM conversation WHERE id = ?').pluck()
  const findLogs = db.prepare<unknown[], { body: number; at: number }>(
    `SELECT body, at FROM log JOIN body ON body.id = log.body
     WHERE conversation = ? AND time_ns = ? AND (body.id <= ? OR origin <> ?)`,
  )
  const load = bodyReader(db)
  const { record } = groupReaders('logs')
  const contentAt = (bytes: Buffer, at: number): string => canonicalJson(record(messageAt(bytes, at)))

  function spans(bytes: Buffer): Set<number> {
    const known = new Set<number>()
    eachSpan(bytes, ({ traceIdAt, spanIdAt, at }) => {
      if (traceIdAt < 0 || spanIdAt < 0) return
      const trace = findTrace.get(bytes.subarray(traceIdAt, traceIdAt + 16))
      if (trace === undefined) return
      if (findSpan.get(trace, bytes.readInt32BE(spanIdAt), bytes.readUInt32BE(spanIdAt + 4)) === 1) known.add(at)
    })
    return known
  }

  function logs(bytes: Buffer): Set<number> {
    const known = new Set<number>()
    eachLog(bytes, ({ at, timeNs, attributes }) => {
      const id = text(attributes, 'conversation.id')
      const conversation = id === null ? 0 : findConversation.get(id)
      if (conversation === undefined) return
      const candidates = findLogs.all(conversation, timeNs, lastBody, origins.import)
      if (candidates.length === 0) return
      const content = contentAt(bytes, at)
      if (candidates.some((log) => contentAt(load(log.body), log.at) === content)) known.add(at)
    })
    return known
  }

  return (signal, bytes) => (signal === 'traces' ? spans(bytes) : signal === 'logs' ? logs(bytes) : new Set())
}
