import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openFile, openToRead, type Db } from './database.ts'
import { removeWords, wordsFile } from './remove-words.ts'

/** Grows when what is indexed, or how, changes: an older index is made anew. */
const version = 2

/**
 * `words` keeps no text and no places of words in it (`detail=none`): which entries hold a word, and no more. `entry` says what each
 * is and where its lines lie in Codex's files, in as few bytes as that takes, for most entries are short: those of one file that were indexed
 * together have ids without a gap, a `run`. Ids grow with time, so that the newest are found first: Codex's past is read backwards, and each
 * file's entries get ids below those that are there.
 */
const schema = `
  CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    rollout_id TEXT NOT NULL UNIQUE,
    thread_id TEXT NOT NULL,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,           -- -1: its entries are being written
    modified_ms REAL NOT NULL,
    inode INTEGER NOT NULL,
    head TEXT NOT NULL,
    read_to INTEGER NOT NULL,
    text_bytes INTEGER NOT NULL
  );
  CREATE TABLE run (first_id INTEGER PRIMARY KEY, file INTEGER NOT NULL);
  CREATE INDEX run_file ON run (file);
  CREATE TABLE entry (id INTEGER PRIMARY KEY, packed BLOB NOT NULL);
  CREATE VIRTUAL TABLE words USING fts5 (
    said, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 2'
  );
`

/** `covers` says what may be in it: an index that covers something else is made anew. */
export function openWords(dataDir: string, covers: string): Db {
  const path = join(dataDir, wordsFile)
  const opened = (): Db => openFile(path)
  const wanted = JSON.stringify({ version, covers })
  const known = there(opened, wanted)
  if (known !== null) return known
  removeWords(dataDir)
  const db = opened()
  db.exec(schema)
  db.prepare("INSERT INTO about (key, value) VALUES ('covers', ?)").run(wanted)
  return db
}

/** null where it covers something else, or is damaged: nothing is lost by making it anew. */
function there(open: () => Db, wanted: string): Db | null {
  let db: Db | null = null
  try {
    db = open()
    const covers = db.prepare<[], string>("SELECT value FROM about WHERE key = 'covers'").pluck().get()
    if (covers === wanted) return db
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  }
  db?.close()
  return null
}

/** The index for whoever only asks; null where there is none, or it covers something else. Another keeps it. */
export function openWordsForReading(dataDir: string, covers: string): Db | null {
  const path = join(dataDir, wordsFile)
  if (!existsSync(path)) return null
  return there(() => openToRead(path), JSON.stringify({ version, covers }))
}

/** Of a database, not of a file of Codex's. */
export function isOfDatabase(error: unknown): boolean {
  return error instanceof Database.SqliteError
}
