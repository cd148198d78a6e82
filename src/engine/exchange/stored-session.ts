import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFile, openForReading, readMigrations, type Db } from '../store/database.ts'
import { exportPieces, type ExportRequest } from './export-session.ts'
import { readSaid } from './said.ts'

/** A session of a data folder, ready to be written out piece by piece. */
export interface StoredSession {
  readonly id: string
  pieces(): Iterable<string>
  close(): void
}

/**
 * Opens a data folder for reading alone, so that it works beside a Colophon that runs on it. The id may be the beginning
 * of one. Throws an Error in words for a person.
 */
export async function openStoredSession(
  dataDir: string,
  { conversation, ...request }: Omit<ExportRequest, 'said'> & { readonly conversation: boolean },
): Promise<StoredSession> {
  const db = openFolder(dataDir)
  try {
    const id = findId(db, request.id)
    const said = conversation ? await readSaid(db, id) : null
    // One moment of the database, however long the writing takes.
    db.exec('BEGIN')
    return {
      id,
      pieces: () => exportPieces(db, { ...request, id, said }),
      close: () => {
        db.close()
      },
    }
  } catch (error) {
    db.close()
    throw error
  }
}

/** Opens the database of a data folder for reading alone. Throws an Error in words for a person. */
export function openFolder(dataDir: string): Db {
  if (!existsSync(join(dataDir, databaseFile))) throw new Error(`there is no Colophon database in ${dataDir}`)
  const db = openForReading(dataDir)
  try {
    checkSchema(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function checkSchema(db: Db): void {
  const schema = db.pragma('user_version', { simple: true }) as number
  const newest = readMigrations().at(-1)?.number ?? 0
  if (schema > newest) throw new Error(`the database was written by a newer Colophon (schema ${schema}, not ${newest})`)
  if (schema < newest)
    throw new Error('the database is of an older Colophon: start this one once, and it is brought up to date')
}

const mostNamed = 5

/** The session whose id is this, or begins so. Throws an Error in words where there is none, or more than one. */
export function findId(db: Db, prefix: string): string {
  const found = db
    .prepare<object, string>(
      'SELECT id FROM session WHERE substr(id, 1, length(@prefix)) = @prefix ORDER BY id <> @prefix, first_ns DESC LIMIT @most',
    )
    .pluck()
    .all({ prefix, most: mostNamed + 1 })
  if (found.includes(prefix)) return prefix
  const [only, ...others] = found
  if (only === undefined) throw new Error(`there is no session ${prefix}`)
  if (others.length > 0) {
    const names = found.slice(0, mostNamed).join(', ')
    throw new Error(`more than one session begins with ${prefix}: ${names}${found.length > mostNamed ? ', …' : ''}`)
  }
  return only
}
