import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate, openForWriting, readMigrations, type Db } from '../../../../src/engine/store/database.ts'
import { temporaryFolder } from './temporary.ts'

const migrations = readMigrations()
const newest = migrations.at(-1)?.number ?? 0

function versionOf(db: Db): unknown {
  return db.pragma('user_version', { simple: true })
}

function tablesOf(db: Db): string[] {
  return db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all()
}

/** Puts one row into every table: each column has a value of its type that is like no other, and parts stand behind their whole. */
function fill(db: Db): Map<string, Record<string, unknown>> {
  let next = 1_000_000
  return new Map(
    tablesOf(db).map((table) => {
      const columns = db.pragma(`table_info(${table})`) as { name: string; type: string }[]
      const row = Object.fromEntries(
        columns.map(({ name, type }) => [
          name,
          type === 'TEXT' ? `text ${next--}` : type === 'BLOB' ? Buffer.from(String(next--)) : next--,
        ]),
      )
      const names = Object.keys(row)
      db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
        ...Object.values(row),
      )
      return [table, row]
    }),
  )
}

test('migrations are numbered from 1 without a gap', () => {
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, i) => i + 1))
})

test.each([
  { what: 'two with one number', files: ['0001-a.sql', '0002-b.sql', '0002-c.sql'], refused: '0002-c.sql' },
  { what: 'a gap', files: ['0001-a.sql', '0003-b.sql'], refused: '0003-b.sql' },
  { what: 'a beginning that is not 1', files: ['0000-a.sql', '0001-b.sql'], refused: '0000-a.sql' },
])('$what: none of the migrations is read', ({ files, refused }) => {
  const folder = temporaryFolder()
  for (const file of files) writeFileSync(join(folder, file), 'SELECT 1')
  expect(() => readMigrations(folder)).toThrow(`migration ${refused} stands where number`)
})

test.each(migrations.map(({ number }) => number))('a database of version %i is upgraded with its rows', (version) => {
  const db = new Database(':memory:')
  migrate(db, migrations.slice(0, version))
  expect(versionOf(db)).toBe(version)
  const rows = fill(db)
  expect(rows.size).toBeGreaterThan(0)
  migrate(db)
  expect(versionOf(db)).toBe(newest)
  for (const [table, row] of rows) {
    if (version < summedAnewSince && table === 'hour_call') continue
    const moved = version < toldSince && /^genai_(?:call|step)$/.test(table)
    const isReadAnew = version < readAnewSince && table === 'rollout_file'
    const same = isReadAnew ? { ...row, head: '', bytes: -1 } : row
    const [where, kept] = moved ? ['genai_told', pick(row, toldColumns)] : [table, same]
    expect(db.prepare(`SELECT * FROM ${where}`).all()).toContainEqual(expect.objectContaining(kept))
  }
})

/** From then on what counts of applications is settled from what their records tell: an upgrade makes records of what it knows. */
const toldSince = 15
/** Then session files were to be read anew, for more is read of them. */
const readAnewSince = 40
/** Then sums of calls were told apart by effort: they are made again of the facts. */
const summedAnewSince = 31
const toldColumns = [
  'trace_id',
  'span_id',
  'start_ns',
  'duration_ns',
  'parent_span_id',
  'service',
  'conversation',
  'event',
]

function pick(row: Record<string, unknown>, columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column, row[column]]))
}

test('each upgraded database has the schema of a fresh one', () => {
  const schemaOf = (db: Db): unknown[] =>
    db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY type, name').all()
  const fresh = new Database(':memory:')
  migrate(fresh)
  for (const { number } of migrations) {
    const db = new Database(':memory:')
    for (const upTo of [number, newest]) migrate(db, migrations.slice(0, upTo))
    expect(schemaOf(db)).toEqual(schemaOf(fresh))
  }
})

test('a database of a newer schema is refused and stays as it is', () => {
  const folder = temporaryFolder()
  const db = openForWriting(folder)
  db.pragma(`user_version = ${newest + 1}`)
  const tables = tablesOf(db)
  db.close()
  expect(() => openForWriting(folder)).toThrow(
    `the database was written by a newer Colophon (schema ${newest + 1}, this one knows ${newest})`,
  )
  const after = new Database(`${folder}/colophon.db`)
  expect(tablesOf(after)).toEqual(tables)
  expect(versionOf(after)).toBe(newest + 1)
  after.close()
})

test('a migration that fails leaves nothing of itself', () => {
  const db = new Database(':memory:')
  const broken = [
    { number: 1, sql: 'CREATE TABLE kept (id INTEGER)' },
    { number: 2, sql: 'CREATE TABLE half (id INTEGER); CREATE TABLE half (id INTEGER)' },
  ]
  expect(() => migrate(db, broken)).toThrow('half')
  expect(tablesOf(db)).toEqual(['kept'])
  expect(versionOf(db)).toBe(1)
})
