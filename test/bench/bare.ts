import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openForWriting } from '../../src/engine/store/database.ts'

/** The tables that trace bodies fill, in the order that the store fills them. */
const tables = [
  ...['client', 'name', 'conversation', 'body', 'trace', 'span', 'span_link', 'trace_conversation', 'session'],
  ...['turn_mention', 'turn_span', 'turn_request', 'session_span', 'sampling', 'model_round', 'tool_call'],
]

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/**
 * The limit that ingest is measured against: the rows that it left behind, already decoded and in memory, inserted by a plain
 * loop into an empty database with the same schema and the same settings, in transactions of one body each.
 */
export function bareInsertSpansPerSecond(dataDir: string): number {
  const source = new Database(join(dataDir, 'colophon.db'), { readonly: true })
  const loaded = tables.map((name) => load(source, name))
  const bodies = source.prepare<[], number>('SELECT count(*) FROM body').pluck().get() ?? 1
  source.close()
  const spans = loaded.find(({ name }) => name === 'span')?.rows.length ?? 0

  const scratch = mkdtempSync(join(tmpdir(), 'colophon-bare-'))
  const db = openForWriting(scratch)
  const inserts = loaded.map(({ name, columns, rows }) => ({
    rows,
    statement: db.prepare(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`),
  }))
  const begun = performance.now()
  for (let part = 0; part < bodies; part++) {
    db.transaction(() => {
      for (const { rows, statement } of inserts) {
        const to = Math.floor((rows.length * (part + 1)) / bodies)
        for (let row = Math.floor((rows.length * part) / bodies); row < to; row++) statement.run(rows[row])
      }
    })()
  }
  const seconds = (performance.now() - begun) / 1000
  db.close()
  rmSync(scratch, { recursive: true })
  return spans / seconds
}

/** In the order of arrival as far as the table keeps it: by body, else as it lies. */
function load(source: Database.Database, name: string): Table {
  const columns = source
    .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${name}')`)
    .all()
    .map((column) => column.name)
  const order = columns.includes('body') ? ' ORDER BY body, at' : ''
  const wide = columns.some((column) => column.endsWith('_ns') || column === 'span_id')
  const select = source.prepare(`SELECT * FROM ${name}${order}`).raw()
  const rows = (wide ? select.safeIntegers(true) : select).all() as unknown[][]
  // What fits a number is bound as one, as a loop that cares for speed would: a BigInt costs more to bind.
  if (wide)
    for (const row of rows)
      row.forEach((value, i) => {
        if (typeof value === 'bigint' && value >= -2147483648n && value <= 2147483647n) row[i] = Number(value)
      })
  return { name, columns, rows }
}
