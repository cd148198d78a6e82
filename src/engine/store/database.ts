import { chmodSync, closeSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { makeFolder } from '../make-folder.ts'
import { sayingWhy } from '../saying-why.ts'
import { holderName, noteHolder } from './holder.ts'
import { preparingLate } from './late-statements.ts'

export type Db = Database.Database

export const databaseFile = 'colophon.db'

/**
 * Opens the database for writing, makes it when missing, and brings it to the newest schema.
 * WAL with synchronous NORMAL: what is committed survives the death of the process; a power cut may take the last
 * commits but never the file.
 */
export function openForWriting(dataDir: string): Db {
  makeFolder(dataDir)
  const db = openFile(join(dataDir, databaseFile))
  migrate(db)
  return preparingLate(db)
}

/** Opens a database of its user alone for writing, and makes it when missing. */
export function openFile(path: string): Db {
  makePrivate(path)
  const db = new Database(path)
  // Holds for a file that is made now: its free pages can be given back a few at a time.
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -8000')
  return db
}

/** A pipe in the place of one would hold whoever opens it. */
export function openToRead(path: string): Db {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new Error(`${path} is not a file`)
  return new Database(path, { readonly: true, fileMustExist: true })
}

/** A second connection that cannot write. The database must exist. */
export function openForReading(dataDir: string): Db {
  const db = openToRead(join(dataDir, databaseFile))
  db.pragma('query_only = ON')
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -8000')
  return db
}

/** For statements that a person or an agent types: cannot write, and has the views that the statements of `views` create. */
export function openForConsole(dataDir: string, views: (db: Db) => readonly string[]): Db {
  const db = openToRead(join(dataDir, databaseFile))
  for (const view of views(db)) db.exec(view)
  guardConsole(db)
  return db
}

/** Before each statement, so that none runs under what another has set. */
export function guardConsole(db: Db): void {
  // A sort or a value that grows without end fails instead of taking the machine's memory.
  db.pragma('hard_heap_limit = 268435456')
  db.pragma('query_only = ON')
  db.pragma('writable_schema = OFF')
}

/**
 * Keeps a second process from opening the same data. The lock is SQLite's own on a file of its own, so that the
 * system frees it however the process ends. Throws an Error that says so when it is taken.
 */
export function lockDataDir(dataDir: string): { release: () => void } {
  makeFolder(dataDir)
  const path = join(dataDir, 'lock')
  // The first thing that is written there.
  sayingWhy(`nothing can be written in ${dataDir}`, () => makePrivate(path))
  const lock = new Database(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (isBusy(error)) throw new Error(`another ${holderName(dataDir)} is using ${dataDir}`, { cause: error })
    throw error
  }
  noteHolder(dataDir)
  return { release: () => lock.close() }
}

/**
 * Of nobody else from the start: whoever may open the lock can hold it. One that is there is not opened, since closing it again
 * would free the locks that this process has on it.
 */
function makePrivate(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) closeSync(openSync(path, 'a', 0o600))
  else if (stat.isFile()) chmodSync(path, 0o600)
  else throw new Error(`${path} is not a file`)
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** The numbered .sql files, beside the source and copied beside the bundle. */
const migrationsDir = fileURLToPath(new URL('./migrations/', import.meta.url))

export interface Migration {
  readonly number: number
  readonly sql: string
}

/** The number of the newest one, read off the names alone. */
export function newestSchema(): number {
  return readdirSync(migrationsDir).filter(isMigration).length
}

/** The number of the last migration that a database has. */
export function schemaOf(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number
}

const isMigration = (file: string): boolean => /^\d{4}-.+\.sql$/.test(file)

/** Refused unless they are numbered 1, 2, 3 …: of two with one number, `user_version` would say that both were applied. */
export function readMigrations(from = migrationsDir): readonly Migration[] {
  const files = readdirSync(from).filter(isMigration).sort()
  return files.map((file, i) => {
    const number = Number(file.slice(0, 4))
    if (number !== i + 1) throw new Error(`migration ${file} stands where number ${i + 1} is due`)
    return {
      number,
      // Of a database that is there most are applied, and nobody reads those.
      get sql() {
        return readFileSync(join(from, file), 'utf8')
      },
    }
  })
}

/**
 * Applies the migrations that the database does not have yet, each in a transaction of its own; `user_version`
 * holds the last one. A database from a newer Colophon is refused rather than guessed at.
 */
export function migrate(db: Db, migrations: readonly Migration[] = readMigrations()): void {
  const current = schemaOf(db)
  const newest = migrations.at(-1)?.number ?? 0
  if (current > newest)
    throw new Error(`the database was written by a newer Colophon (schema ${current}, this one knows ${newest})`)
  for (const migration of migrations) {
    const { number } = migration
    if (number <= current) continue
    db.transaction(() => {
      db.exec(migration.sql)
      db.pragma(`user_version = ${number}`)
    }).immediate()
  }
}
