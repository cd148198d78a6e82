import type { ImportRun } from '../../contract/exchange.ts'
import type { Db } from '../store/database.ts'

/** Imports that added to a session which had been received, the latest first. */
export function importsInto(db: Db, sessionId: string): ImportRun[] {
  return db
    .prepare<[string], { id: number; atMs: number; files: string }>(
      `SELECT id, at_ms AS atMs, files FROM import_session JOIN import_run ON import_run.id = import_session.run
       WHERE session_id = ? ORDER BY id DESC`,
    )
    .all(sessionId)
    .map(({ files, ...run }) => ({ ...run, files: JSON.parse(files) as string[] }))
}
