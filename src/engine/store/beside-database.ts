import { dirname, join } from 'node:path'
import { z } from 'zod'
import { readOwnFile, writeOwnFile } from '../own-file.ts'
import type { Db } from './database.ts'

/** What stands in a file of its own, by name. A database in memory has none: nothing is read of it, and nothing written. */
export interface Beside<T> {
  /** Empty where the file is not there or is none of ours. */
  read(db: Db): Readonly<Record<string, T>>
  write(db: Db, values: Readonly<Record<string, T>>): void
}

/** Keys stand beside the database, in a file that is its owner's alone: neither the SQL console nor a copy of the database holds them. */
export function besideDatabase<T>(fileName: string, value: z.ZodType<T>): Beside<T> {
  const content = z.record(z.string(), value)
  const fileOf = (db: Db): string => join(dirname(db.name), fileName)
  return {
    read(db) {
      if (db.memory) return {}
      try {
        return content.parse(JSON.parse(readOwnFile(fileOf(db)) ?? ''))
      } catch {
        return {}
      }
    },
    write(db, values) {
      if (!db.memory) writeOwnFile(fileOf(db), `${JSON.stringify(values, null, 2)}\n`)
    },
  }
}

/**
 * Makes a table again, which `fill` then fills, so that what it held leaves the database for good: the pages that held it are overwritten,
 * and so is the log that still has them.
 */
export function makeAgain(db: Db, table: string, fill: () => void): void {
  db.pragma('secure_delete = ON')
  db.transaction(() => {
    const make = db.prepare<[string], string>('SELECT sql FROM sqlite_master WHERE name = ?').pluck().get(table)
    db.exec(`DROP TABLE ${table}; ${make ?? ''}`)
    fill()
  }).immediate()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma('secure_delete = OFF')
}
