import { dirname, join } from 'node:path'
import { z } from 'zod'
import { readOwnFile, writeOwnFile } from '../own-file.ts'
import type { Db } from '../store/database.ts'

/** By destination, then by the header's name. */
const headerValues = z.record(z.string(), z.record(z.string(), z.string()))

export type HeaderValues = z.infer<typeof headerValues>

const fileName = 'forwarding-keys.json'

/** Beside the database: neither the SQL console nor a copy of it holds a key. Empty where the file is not there. */
export function readHeaderValues(db: Db): HeaderValues {
  if (db.memory) return {}
  try {
    return headerValues.parse(JSON.parse(readOwnFile(fileOf(db)) ?? ''))
  } catch {
    return {}
  }
}

export function writeHeaderValues(db: Db, values: HeaderValues): void {
  if (!db.memory) writeOwnFile(fileOf(db), `${JSON.stringify(values, null, 2)}\n`)
}

export function forgetHeaderValues(db: Db, destination: string): void {
  const { [destination]: gone, ...others } = readHeaderValues(db)
  if (gone !== undefined) writeHeaderValues(db, others)
}

const fileOf = (db: Db): string => join(dirname(db.name), fileName)

const row = z.looseObject({ headers: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })) })

/**
 * Older versions kept values in the database. They leave it for good: the pages that held them are overwritten, and so is the log that
 * still has them.
 */
export function moveHeaderValuesOut(db: Db): void {
  const rows = db
    .prepare<[], { id: string; value: string }>('SELECT id, value FROM forward_destination ORDER BY rowid')
    .all()
    .map(({ id, value }) => ({ id, ...row.parse(JSON.parse(value)) }))
  const held = rows.map(({ id, headers }) => ({ id, headers: headers.filter(({ value }) => value !== undefined) }))
  if (held.every(({ headers }) => headers.length === 0)) return
  const values = readHeaderValues(db)
  for (const { id, headers } of held)
    values[id] = { ...values[id], ...Object.fromEntries(headers.map(({ name, value = '' }) => [name, value])) }
  writeHeaderValues(db, values)

  db.pragma('secure_delete = ON')
  db.transaction(() => {
    const make = db
      .prepare<[], string>("SELECT sql FROM sqlite_master WHERE name = 'forward_destination'")
      .pluck()
      .get()
    db.exec(`DROP TABLE forward_destination; ${make ?? ''}`)
    const add = db.prepare('INSERT INTO forward_destination (id, value) VALUES (?, ?)')
    for (const { headers, ...rest } of rows)
      add.run(rest.id, JSON.stringify({ ...rest, headers: headers.map(({ name }) => ({ name })) }))
  }).immediate()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma('secure_delete = OFF')
}
