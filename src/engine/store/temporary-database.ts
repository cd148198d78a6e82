import Database from 'better-sqlite3'
import { migrate, schemaOf, type Db } from './database.ts'

/**
 * An empty database that lives as long as it is open: for sessions derived anew from changed records. SQLite keeps one
 * without a name in memory while it is small, and in a file that has lost its name already when it is not.
 */
export function openTemporary(): Db {
  const db = new Database('')
  db.pragma('cache_size = -16000')
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.exec((made ??= whatMigrationsMake()))
  return db
}

let made: string | null = null

/** All that the migrations come to, at once: one after another, each reads the whole schema anew, which takes ten times as long. */
function whatMigrationsMake(): string {
  const db = new Database(':memory:')
  try {
    migrate(db)
    const statements = db
      .prepare<[], string>(
        `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         ORDER BY instr('table index view trigger', type), rowid`,
      )
      .pluck()
      .all()
    return `BEGIN; ${statements.join(';\n')}; PRAGMA user_version = ${schemaOf(db)}; COMMIT`
  } finally {
    db.close()
  }
}
