import { createReader, type Reader } from '../../../src/engine/queries/index.ts'
import { openForReading, type Db } from '../../../src/engine/store/database.ts'
import { createWriter, type Writer } from '../../../src/engine/store/writer.ts'
import type { CapturedBody } from '../../captures.ts'
import { openStoreFile } from './empty-store.ts'
import { silence } from './engine-under-test.ts'

/** The engine's writer and reader on one thread: what the workers do, without the workers. */
export interface StoreUnderTest {
  readonly db: Db
  readonly writer: Writer
  readonly reader: Reader
  /** One transaction a body; throws unless it is stored. */
  store(body: CapturedBody): void
  settle(): void
  /** What arrived, settled: after each body, or when all is there; on request once more, from the bodies alone. */
  replay(bodies: readonly CapturedBody[], how?: { settledBetween?: boolean; rebuilt?: boolean }): void
  close(): void
}

export function openStore(dataDir: string, silenceMs: number = silence.everythingIsOld): StoreUnderTest {
  const db = openStoreFile(dataDir)
  const writer = createWriter(db)
  // A reader hears of the commits of other connections alone, so it needs its own.
  const readerDb = openForReading(dataDir)
  const store: StoreUnderTest = {
    db,
    writer,
    reader: createReader(readerDb, { silenceMs, dataDir }),
    store(body) {
      const [stored] = writer.store([{ ...body, bytes: body.bytes.slice(), origin: 'received' }])
      if (stored?.accepted.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(stored?.accepted)}`)
    },
    settle() {
      while (!writer.settle(1000));
      while (!writer.sweep.step(1000));
    },
    replay(bodies, { settledBetween = false, rebuilt = false } = {}) {
      for (const body of bodies) {
        store.store(body)
        if (settledBetween) store.settle()
      }
      store.settle()
      if (!rebuilt) return
      writer.rebuild()
      store.settle()
    },
    close() {
      readerDb.close()
      db.close()
    },
  }
  return store
}
