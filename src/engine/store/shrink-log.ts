import { statSync } from 'node:fs'
import type { Db } from './database.ts'

/** SQLite writes the log from its beginning again, at 4 MB as a rule, and a transaction may be as large. */
export const usualLogBytes = 16 * 1024 * 1024

/**
 * Gives the room of a grown write-ahead log back. While somebody reads for long, SQLite can only append to it, and the file keeps the
 * size that it once had. Waits for nobody: while there is a reader of old pages, another look later does it.
 */
export function shrinkLog(db: Db): void {
  if (!db.open || logBytes(db) <= usualLogBytes) return
  const waitMs = db.pragma('busy_timeout', { simple: true }) as number
  db.pragma('busy_timeout = 0')
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.pragma(`busy_timeout = ${waitMs}`)
  }
}

export function logBytes(db: Db): number {
  return statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0
}
