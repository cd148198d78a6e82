import type { HistoryScanned, HistoryScanParams, HistorySettings, HistoryStatus } from '../../contract/history.ts'
import { noHistory } from '../../contract/history.ts'
import { lockDataDir, openForWriting } from '../store/database.ts'
import { readSettings } from '../store/settings.ts'
import { removeWords } from '../store/remove-words.ts'
import { createWriter, type Writer } from '../store/writer.ts'
import { soughtBy } from './codex-home.ts'
import { historyReader, type HistoryReader } from './history-reader.ts'
import { historyStore, type HistoryStore } from './history-store.ts'

interface Opened {
  readonly reader: HistoryReader
  readonly store: HistoryStore
  readonly settings: HistorySettings
}

/** Reads, tells or forgets session files in a data folder that no other Colophon uses. Rejects with an Error that says so where one does. */
export const historyInFolder = {
  scan: (dataDir: string, asked: HistoryScanParams = {}): Promise<HistoryScanned> =>
    within(dataDir, ({ reader, settings }) => reader.pass(soughtBy(settings, asked), () => true)),
  status: (dataDir: string, asked: HistoryScanParams = {}): Promise<HistoryStatus> =>
    within(dataDir, ({ reader, settings }) =>
      Promise.resolve({
        ...settings,
        ...reader.look(soughtBy(settings, asked)),
        progress: null,
        index: null,
      }),
    ),
  forget: (dataDir: string): Promise<{ files: number }> =>
    within(dataDir, ({ store }) => {
      let files = 0
      for (let left = 1; left > 0;) {
        const forgot = store.forgetSome()
        files += forgot.forgotten
        left = forgot.left
      }
      removeWords(dataDir)
      return Promise.resolve({ files })
    }),
}

async function within<T>(dataDir: string, work: (opened: Opened) => Promise<T>): Promise<T> {
  const lock = lockDataDir(dataDir)
  try {
    const db = openForWriting(dataDir)
    try {
      const writer: Writer = createWriter(db)
      while (!writer.rebuilding.step(Infinity));
      const store = historyStore(db)
      const reader = historyReader({
        db,
        write: (batch) => {
          store.write(batch)
          return Promise.resolve()
        },
        progress: () => undefined,
      })
      const result = await work({ reader, store, settings: readSettings(db).history ?? noHistory })
      while (!writer.settle(1000));
      while (!writer.sweep.step(1000));
      return result
    } finally {
      db.close()
    }
  } finally {
    lock.release()
  }
}
