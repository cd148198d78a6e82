import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseFile, openForWriting, type Db } from '../../../src/engine/store/database.ts'

let made: Buffer | null = null

/** The database as all migrations make it, which takes them longer than many a test: made once in a process. */
function emptyStore(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-empty-'))
  openForWriting(folder).close()
  const bytes = readFileSync(join(folder, databaseFile))
  rmSync(folder, { recursive: true })
  return bytes
}

/** Puts one there, unless the folder has a database. */
export function putEmptyStore(dataDir: string): void {
  const path = join(dataDir, databaseFile)
  if (existsSync(path)) return
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(path, (made ??= emptyStore()), { mode: 0o600 })
}

export function openStoreFile(dataDir: string): Db {
  putEmptyStore(dataDir)
  return openForWriting(dataDir)
}
