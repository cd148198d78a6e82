import type { ImportProgress, ImportResult } from '../../contract/exchange.ts'
import { lockDataDir, openForWriting } from '../store/database.ts'
import { createWriter } from '../store/writer.ts'
import { beginImport, undoUnfinishedImport } from './import-store.ts'
import { openPath } from './importer.ts'
import { runImport } from './run-import.ts'
import { namedTouches } from './touched-sessions.ts'

export interface FolderImport {
  readonly dataDir: string
  /** Absolute. */
  readonly paths: readonly string[]
  readonly intoReceived: boolean
  readonly isCancelled: () => boolean
  readonly onProgress: (progress: ImportProgress) => void
}

/** Imports into a data folder that no other Colophon uses. Rejects with an Error that says so where one does. */
export async function importIntoFolder({
  dataDir,
  paths,
  intoReceived,
  isCancelled,
  onProgress,
}: FolderImport): Promise<ImportResult> {
  const lock = lockDataDir(dataDir)
  try {
    const db = openForWriting(dataDir)
    try {
      const writer = createWriter(db)
      undoUnfinishedImport(db, writer)
      while (!writer.rebuilding.step(Infinity));
      const begin = () => beginImport(db, writer)
      const result = await runImport({ sources: paths.map(openPath), intoReceived, begin, isCancelled, onProgress })
      while (!writer.settle(1000));
      return { ...result, touches: namedTouches(db, result.touches) }
    } finally {
      db.close()
    }
  } finally {
    lock.release()
  }
}
