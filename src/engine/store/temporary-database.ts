import Database from 'better-sqlite3'
import { migrate, type Db } from './database.ts'

/**
 * An empty database that lives as long as it is open: for sessions derived anew from changed records. SQLite keeps one
 * without a name in memory while it is small, and in a file that has lost its name already when it is not.
 */
export function openTemporary(): Db {
  const db = new Database('')
  db.pragma('cache_size = -16000')
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  migrate(db)
  return db
}
