import Database from 'better-sqlite3'
import { migrate, type Db } from './database.ts'

/** An empty database that lives as long as it is open: for sessions derived anew from changed records. */
export function openInMemory(): Db {
  const db = new Database(':memory:')
  migrate(db)
  return db
}
