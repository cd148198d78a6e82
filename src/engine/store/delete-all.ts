import type { Db } from './database.ts'
import type { Job } from './jobs.ts'

/** What was not received: how Colophon is set up, and which sessions the user wants never to see again. */
const kept = ['setting', 'forward_destination', 'forward_cursor', 'alert_rule', 'removed_session', 'removed_trace']
/** Of the settings, what speaks of records. */
const marks = ["'rebuild.running'", "'import.running'", "'import.takingBack'", "'metrics.pruned'"]

/**
 * Takes away everything that was received, and what waits to be sent on, in one transaction; then writes the file anew, so that
 * nothing of it is left in pages that are free. Settings, destinations, rules and the ids of deleted sessions stay. `forget` follows: ids must not be used again
 * from memory.
 */
export function deleteAllJob(db: Db, forget: () => void): Job {
  return {
    kind: 'delete',
    unit: 'tables',
    step() {
      deleteAll(db)
      forget()
      return true
    },
    progress: () => ({ done: 0, total: null }),
    words: () => 'Deleted everything that was received.',
  }
}

function deleteAll(db: Db): void {
  db.transaction(() => {
    // Without triggers SQLite frees a table's pages without a look at its rows.
    const triggers = db
      .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      .all()
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
    const tables = db
      .prepare<[], string>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
      )
      .pluck()
      .all()
    for (const table of tables) if (!kept.includes(table)) db.exec(`DELETE FROM ${table}`)
    db.exec(`DELETE FROM setting WHERE key IN (${marks.join(', ')})`)
    for (const { sql } of triggers) db.exec(sql)
  }).immediate()
  db.pragma('auto_vacuum = INCREMENTAL')
  db.exec('VACUUM')
  db.pragma('wal_checkpoint(TRUNCATE)')
}
