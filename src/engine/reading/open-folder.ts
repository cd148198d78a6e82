import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFile, newestSchema, openForReading, schemaOf, type Db } from '../store/database.ts'

/**
 * Opens the database of a data folder for reading alone, so that it works beside a Colophon that runs on it: writes nothing, migrates
 * nothing, takes no lock that a writer would wait for. Throws an Error in words for a person.
 */
export function openFolder(dataDir: string): Db {
  if (!existsSync(join(dataDir, databaseFile)))
    throw new Error(`there is no Colophon database in ${dataDir}: start Colophon once, or give its folder with --data`)
  const db = openForReading(dataDir)
  try {
    checkSchema(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Also for a connection that stays open, for a newer Colophon may have brought the database up to date meanwhile. */
export function checkSchema(db: Db): void {
  const schema = schemaOf(db)
  const newest = newestSchema()
  if (schema > newest) throw new Error(`the database was written by a newer Colophon (schema ${schema}, not ${newest})`)
  if (schema < newest) throw new Error('the database is from an older Colophon: start this one once to update it')
}

/**
 * For a connection that stays open: tells whether the folder's database still is the file that is there now. One that was deleted, or that
 * another was put in the place of, would go on to answer.
 */
export function placeOf(dataDir: string): () => boolean {
  const file = join(dataDir, databaseFile)
  const idOf = (): string => {
    const stat = statSync(file, { bigint: true, throwIfNoEntry: false })
    return stat === undefined ? '' : `${stat.dev}:${stat.ino}`
  }
  const opened = idOf()
  return () => idOf() === opened
}

/** For one look at a data folder. */
export function withFolder<T>(dataDir: string, look: (db: Db) => T): T {
  const db = openFolder(dataDir)
  try {
    return look(db)
  } finally {
    db.close()
  }
}
