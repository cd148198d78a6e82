import type { Signal } from '../../model/signal.ts'
import { Batch } from './batch.ts'
import { compress } from './compression.ts'
import type { Db } from './database.ts'
import { factWriter } from './fact-writer.ts'
import { logIngester } from './ingest-logs.ts'
import { metricIngester } from './ingest-metrics.ts'
import { spanIngester, type Ingested } from './ingest-spans.ts'
import { Intern } from './intern.ts'
import { origins, type Origin } from './origins.ts'
import { digestOf, type PackedBody } from './packed-body.ts'
import { signalNumbers } from './signal-numbers.ts'
import { firstSender } from '../otlp/wire/resource.ts'

export interface BodyResult extends Ingested {
  /** Its id; null where nothing of it was stored now. */
  readonly body: number | null
  /** The same bytes are stored already; nothing was added. */
  readonly repeated: boolean
  readonly service: string
  readonly version: string
}

export interface Ingester {
  /**
   * Stores one protobuf body and indexes it, inside the caller's transaction. Throws MalformedBody: the transaction is to be rolled back
   * then. `packed`: of these bytes, where they are packed already.
   */
  store(signal: Signal, bytes: Buffer, origin: Origin, receivedMs: number, packed?: PackedBody): BodyResult
  /** Makes the index rows and facts of a stored body anew, inside the caller's transaction; the old ones must be gone. */
  reindex(signal: Signal, body: number, bytes: Buffer): Ingested
  /** Must follow the rollback of a transaction: ids that its rows were given must not be used again from memory. */
  forget(): void
}

export function ingester(db: Db): Ingester {
  const intern = new Intern(db)
  const spans = spanIngester(db, intern)
  const logs = logIngester(db, intern)
  const metrics = metricIngester(db, intern)
  const writeFacts = factWriter(db)
  const known = db.prepare<[Uint8Array], number>('SELECT records FROM body WHERE hash = ?').pluck()
  const insert = db.prepare(
    `INSERT INTO body (id, hash, signal, origin, received_ms, records, client, codec, size, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const arrivalOf = db.prepare<[number], number>('SELECT received_ms FROM body WHERE id = ?').pluck()

  // Ids that became free are not given again while readers may remember what they stood for.
  let lastBody = db.prepare<[], number | null>('SELECT max(id) FROM body').pluck().get() ?? 0

  const store: Ingester['store'] = (signal, bytes, origin, receivedMs, packed) => {
    const { service, version } = firstSender(bytes)
    if (bytes.length === 0) return { body: null, records: 0, rejected: 0, repeated: false, service, version }
    const digest = packed?.digest ?? digestOf(bytes)
    const stored = known.get(digest)
    if (stored !== undefined) return { body: null, records: stored, rejected: 0, repeated: true, service, version }
    const client = intern.client(service, version)
    intern.enter(signalNumbers[signal], client, receivedMs)
    const body = ++lastBody
    const ingested = index(signal, body, bytes, receivedMs)
    if (ingested.records === 0) return { ...ingested, body: null, repeated: false, service, version }
    // Behind its rows, which say how many records it holds: a row of this length is not written twice.
    const kept = packed ?? compress(bytes)
    insert.run(
      ...[body, digest, signalNumbers[signal], origins[origin], receivedMs, ingested.records, client],
      ...[kept.codec, bytes.length, kept.bytes],
    )
    return { ...ingested, body, repeated: false, service, version }
  }

  function index(signal: Signal, body: number, bytes: Buffer, receivedMs: number): Ingested {
    if (signal === 'metrics') return metrics(body, bytes)
    const batch = new Batch()
    const ingested = signal === 'traces' ? spans(body, bytes, batch, receivedMs) : logs(body, bytes, batch, receivedMs)
    writeFacts(batch)
    return ingested
  }

  return {
    store,
    reindex: (signal, body, bytes) => index(signal, body, bytes, arrivalOf.get(body) ?? Date.now()),
    forget: () => {
      intern.forget()
    },
  }
}
