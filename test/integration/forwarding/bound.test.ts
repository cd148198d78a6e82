import { expect, test } from 'vitest'
import type { Db } from '../../../src/engine/store/database.ts'
import { createWriter } from '../../../src/engine/store/writer.ts'
import { createForwardQueue, type ForwardQueue } from '../../../src/engine/forwarding/queue.ts'
import { forwardFigures } from '../../../src/engine/forwarding/figures.ts'
import { temporaryFolder } from '../../unit/engine/store/temporary.ts'
import { openStoreFile } from '../engine/empty-store.ts'
import { startCollector } from './collectors.ts'
import { destination, openSpool, tracesBody } from './spool-under-test.ts'

const MiB = 1024 * 1024
const hourMs = 3_600_000

function spoolBytes(db: Db): number {
  return db.prepare<[], number>('SELECT coalesce(sum(size), 0) FROM forward_queue').pluck().get() ?? 0
}

/** Bodies are put into the queue directly, with the sizes that Codex's have: a day would take an hour to decode. */
function burst(db: Db, queue: ForwardQueue, atMs: number, requests: number): void {
  const insert = db
    .prepare<unknown[], number>(
      `INSERT INTO body (hash, signal, origin, received_ms, records, client, codec, size, bytes)
       VALUES (randomblob(16), 1, 1, ?, 512, 1, 0, 189440, randomblob(18944)) RETURNING id`,
    )
    .pluck()
  const received = new Uint8Array([1])
  db.transaction(() => {
    for (let n = 0; n < requests; n++) {
      const body = insert.get(atMs) ?? 0
      queue.add({
        signal: 'traces',
        encoding: 'protobuf',
        received,
        body,
        stored: received,
        records: 512,
        receivedMs: atMs,
      })
      // What retention would do with the history meanwhile, so that the test's disk does not fill.
      db.prepare('DELETE FROM body WHERE id NOT IN (SELECT body FROM forward_held) AND id < ?').run(body - 5000)
    }
  })()
}

test('with the endpoint away for a day of bursts the spool stays within its bound and says what it dropped', () => {
  const db = openStoreFile(temporaryFolder())
  const queue = createWriter(db).forwarding
  queue.save(destination('http://127.0.0.1:1', { signals: ['traces'] }))
  queue.setBound({ maxBytes: 64 * MiB, maxAgeHours: 168 })
  // A minute of 3,000 spans/s in each hour: 352 requests of 512 spans, 37 bytes a span compressed.
  const startMs = 1_790_000_000_000
  const requests = 352
  for (let hour = 0; hour < 24; hour++) {
    burst(db, queue, startMs + hour * hourMs, requests)
    expect(spoolBytes(db)).toBeLessThanOrEqual(64 * MiB)
  }
  const [lane] = forwardFigures(db).lanes
  expect(spoolBytes(db)).toBeGreaterThan(63 * MiB)
  expect((lane?.queued ?? 0) + (lane?.dropped ?? 0)).toBe(24 * requests * 512)
  expect((lane?.queuedBytes ?? 0) + (lane?.droppedBytes ?? 0)).toBe(24 * requests * 18_944)
  expect(lane?.dropped).toBeGreaterThan(0)
  expect(lane?.droppedFromMs).toBe(startMs)
  expect(lane?.droppedToMs).toBe(startMs + 13 * hourMs)
  expect(lane?.oldestMs).toBe(startMs + 13 * hourMs)
  // What memory counts is what is there.
  expect(forwardFigures(db).spoolBytes).toBe(spoolBytes(db))
  queue.reload()
  burst(db, queue, startMs + 24 * hourMs, 1)
  expect(spoolBytes(db)).toBeLessThanOrEqual(64 * MiB)
  db.close()
})

test('what is older than the bound is dropped, and the rest stays', () => {
  const db = openStoreFile(temporaryFolder())
  const queue = createWriter(db).forwarding
  queue.save(destination('http://127.0.0.1:1', { signals: ['traces'] }))
  queue.setBound({ maxBytes: 64 * MiB, maxAgeHours: 2 })
  for (let hour = 0; hour < 6; hour++) burst(db, queue, hour * hourMs, 1)
  queue.trim(5 * hourMs)
  expect(forwardFigures(db).lanes[0]).toMatchObject({ queuedRequests: 3, dropped: 3 * 512, droppedToMs: 2 * hourMs })
  db.close()
})

test('only who is behind loses what is dropped', async () => {
  const collector = await startCollector()
  const spool = openSpool(
    destination('http://127.0.0.1:1', { name: 'away', signals: ['traces'] }),
    destination(collector.url, { name: 'there', signals: ['traces'] }),
  )
  spool.writer.forwarding.setBound({ maxBytes: MiB, maxAgeHours: 1 })
  for (let n = 0; n < 3; n++) spool.store(tracesBody(4))
  const [away, there] = forwardFigures(spool.db).lanes
  expect(away?.queued).toBe(12)
  const left = (): number | undefined => forwardFigures(spool.db).lanes[1]?.queued
  while (left() !== 0) await new Promise((next) => setImmediate(next))
  spool.writer.forwarding.trim(Date.now() + 2 * hourMs)
  const after = forwardFigures(spool.db).lanes
  expect(after[0]).toMatchObject({ queued: 0, dropped: 12 })
  expect(after[1]).toMatchObject({ destination: there?.destination, queued: 0, dropped: 0, sent: 12 })
})

test('a row keeps its number for itself after the queue was empty and the process ended', async () => {
  const collector = await startCollector()
  const spool = openSpool(destination(collector.url, { signals: ['traces'] }))
  spool.store(tracesBody())
  await spool.sent()
  // As after a start.
  const queue = createForwardQueue(spool.db)
  burst(spool.db, queue, Date.now(), 1)
  expect(forwardFigures(spool.db).lanes[0]?.queued).toBe(512)
})

test('a body that was dropped while it was under way, and arrived, counts as sent', () => {
  const db = openStoreFile(temporaryFolder())
  const queue = createWriter(db).forwarding
  const { id } = queue.save(destination('http://127.0.0.1:1', { signals: ['traces'] }))
  burst(db, queue, 0, 1)
  const row = db.prepare<[], { seq: number; size: number }>('SELECT seq, size FROM forward_queue').get()
  queue.trim(Date.now())
  expect(forwardFigures(db).lanes[0]).toMatchObject({ dropped: 512, sent: 0 })
  const { seq = 0, size = 0 } = row ?? {}
  queue.advance({
    destination: id,
    signal: 'traces',
    seq,
    size,
    records: 512,
    atMs: 1,
    outcome: 'sent',
    refused: 0,
    message: '',
  })
  expect(forwardFigures(db).lanes[0]).toMatchObject({ dropped: 0, droppedBytes: 0, sent: 512 })
  db.close()
})

test('a transaction that fails leaves the queue as it was', () => {
  const db = openStoreFile(temporaryFolder())
  const writer = createWriter(db)
  writer.forwarding.save(destination('http://127.0.0.1:1', { signals: ['traces'] }))
  db.exec("CREATE TRIGGER full BEFORE INSERT ON forward_queue WHEN NEW.seq = 2 BEGIN SELECT RAISE(ABORT, 'full'); END")
  const store = (): unknown =>
    writer.store([{ ...tracesBody(), origin: 'received' }]).map(({ accepted }) => accepted.kind)
  expect(store()).toEqual(['stored'])
  expect(store()).toEqual(['unavailable'])
  expect(forwardFigures(db).lanes[0]?.queuedRequests).toBe(1)
  db.exec('DROP TRIGGER full')
  expect(store()).toEqual(['stored'])
  expect(forwardFigures(db).lanes[0]?.queuedRequests).toBe(2)
  db.close()
})

test('what is imported, or is the sample, is not sent on', () => {
  const db = openStoreFile(temporaryFolder())
  const writer = createWriter(db)
  writer.forwarding.save(destination('http://127.0.0.1:1', { signals: ['traces'] }))
  writer.store([
    { ...tracesBody(), origin: 'import' },
    { ...tracesBody(), origin: 'sample' },
  ])
  expect(forwardFigures(db).lanes[0]?.queuedRequests).toBe(0)
  db.close()
})
