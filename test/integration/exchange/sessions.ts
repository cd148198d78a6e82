import { exportPieces, type ExportRequest } from '../../../src/engine/exchange/export-session.ts'
import { openSession } from '../../../src/engine/exchange/session-source.ts'
import { sessionJson } from '../../../src/engine/exchange/export-json.ts'
import { importIntoFolder } from '../../../src/engine/exchange/import-into-folder.ts'
import type { ImportedFile } from '../../../src/contract/exchange.ts'
import { openForReading, type Db } from '../../../src/engine/store/database.ts'
import { loadCapture } from '../../captures.ts'
import { putEmptyStore } from '../engine/empty-store.ts'
import { openStore } from '../engine/store-under-test.ts'

/** Stores a capture as if it had been received; the top sessions of it, of whatever program. */
export function storeCapture(dataDir: string, name: string, bodies = loadCapture(name).bodies): string[] {
  const store = openStore(dataDir)
  for (const body of bodies) store.store(body)
  store.settle()
  const ids = store.reader['session.list']({ apps: 'all', helpers: true, limit: 1000, offset: 0 })
    .sessions.filter(({ parentId }) => parentId === null)
    .map(({ id }) => id)
  store.close()
  return ids
}

/** Something read from a data folder that nobody writes to. */
export function reading<T>(dataDir: string, read: (db: Db) => T): T {
  const db = openForReading(dataDir)
  try {
    return read(db)
  } finally {
    db.close()
  }
}

export const producer = { name: 'Colophon', version: '0.0.0' }

export function exportedJson(dataDir: string, id: string): string {
  return reading(dataDir, (db) => [...sessionJson(openSession(db, id), producer)].join(''))
}

/** A file but for what Colophon made of the session on the day, and what it took out of it. */
export function withoutReport(text: string): string {
  return text.replace(/^"(?:redacted|workedOut)":.*\n/gm, '')
}

/** The whole file. */
export function exportText(db: Db, request: ExportRequest): string {
  return db.transaction(() => [...exportPieces(db, request)].join(''))()
}

export async function importPaths(dataDir: string, ...paths: string[]): Promise<ImportedFile[]> {
  putEmptyStore(dataDir)
  const { files } = await importIntoFolder({
    dataDir,
    paths,
    intoReceived: true,
    isCancelled: () => false,
    onProgress: () => undefined,
  })
  return files
}
