import Database from 'better-sqlite3'
import { migrate, openForReading, readMigrations, type Db } from '../../../src/engine/store/database.ts'

export type Rows = readonly Readonly<Record<string, unknown>>[]
export type Tables = Readonly<Record<string, Rows>>

function tableNames(migrations: number): string[] {
  const db = new Database(':memory:')
  migrate(db, readMigrations().slice(0, migrations))
  const names = db
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
    .pluck()
    .all()
    .filter((name) => !numbered.test(name))
  db.close()
  return names
}

/** Rows that name their file by a number, which depends on the order of arrival, are read as views that name it by its ids. */
const numbered = /^file_/

/** Migration 1 makes the raw tables, those after it the facts. */
export const allTables = tableNames(readMigrations().length)
const raw = tableNames(1)
/** Derived from facts a while later; their own tests compare them with the facts. */
export const sums = /^(hour_|fact_hour$|fact_day$|turn_share$|unshared$|dimension$|finding|unfound$)/
const factTables = allTables.filter((name) => !raw.includes(name) && !sums.test(name))

/** Ids of series depend on the order of arrival, so a minute is told by what its series is. */
const withoutIds = new Map([
  ['metric_series', 'SELECT name, kind, unit, temporality, service, labels, bounds FROM metric_series'],
  [
    'metric_minute',
    `SELECT name, kind, unit, temporality, service, labels, bounds, minute, count, sum, min, max, buckets, last_ns
     FROM metric_minute JOIN metric_series ON metric_series.id = metric_minute.series`,
  ],
])

/**
 * Every row of every fact table, in the order of its columns: equal for equal facts, whatever way they came. `derived`: of what is derived
 * a while later, these as well.
 */
export function readFacts(dataDir: string, derived: readonly string[] = []): Tables {
  const db = openForReading(dataDir)
  try {
    return Object.fromEntries([...factTables, ...derived].map((table) => [table, sortedRows(db, table)]))
  } finally {
    db.close()
  }
}

function sortedRows(db: Db, table: string): Rows {
  const select = db.prepare<[], Record<string, unknown>>(withoutIds.get(table) ?? `SELECT * FROM ${table}`)
  const keyed = select
    .safeIntegers(true)
    .all()
    .map(({ dimension: _id, file: _number, ...row }) => ({ key: textOf(row), row }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row)
}

function textOf(row: Readonly<Record<string, unknown>>): string {
  return Object.values(row)
    .map((value) => (typeof value === 'bigint' ? String(value).padStart(20, '0') : JSON.stringify(value)))
    .join('\n')
}

/** How many rows each table has, all of them together or only those asked for. */
export function countRows(dataDir: string, tables: readonly string[] = allTables): Record<string, number> {
  const db = openForReading(dataDir)
  try {
    return Object.fromEntries(
      tables.map((table) => [table, db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0]),
    )
  } finally {
    db.close()
  }
}
