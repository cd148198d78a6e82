import type { Db } from '../../engine/store/database.ts'
import { factTables, sessionTable, teamName } from './fact-tables.ts'

export interface Column {
  readonly name: string
  readonly type: string
}

/** A table of the team's store, described by the one of SQLite that it is the same as. */
export interface TeamTable {
  readonly source: string
  readonly name: string
  readonly columns: readonly Column[]
  readonly key: readonly string[]
}

interface ColumnInfo {
  readonly name: string
  readonly type: string
  readonly notnull: 0 | 1
  readonly pk: number
}

const types: Readonly<Record<string, string>> = { INTEGER: 'Int64', REAL: 'Float64', TEXT: 'String' }

/** Ids that depend on the order of arrival mean nothing elsewhere. */
const ofArrival = new Set(['dimension'])

/** All tables, the session's last: a session counts from when its own row is there. `db` has the newest schema. */
export function describeTables(db: Db): readonly TeamTable[] {
  return [...factTables.map(({ name }) => name), sessionTable].map((source) => describe(db, source))
}

/** The columns of a table of home as ClickHouse has them, but the session that a row is of. */
export function columnsOf(db: Db, source: string): readonly (Column & { readonly pk: number })[] {
  const info = db
    .prepare<[string], ColumnInfo>('SELECT name, type, "notnull", pk FROM pragma_table_info(?)')
    .all(source)
  const own = info.filter(({ name }) => name !== 'session_id' && !ofArrival.has(name))
  return own.map(({ name, type, notnull, pk }) => {
    const plain = types[type]
    if (plain === undefined) throw new Error(`${source}.${name}: no column of ClickHouse is like ${type}`)
    return { name, type: notnull === 1 || pk > 0 ? plain : `Nullable(${plain})`, pk }
  })
}

function describe(db: Db, source: string): TeamTable {
  const found = columnsOf(db, source)
  const columns = found.map(({ name, type }) => ({ name, type }))
  const keyed = found.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
  const key = keyed.map(({ name }) => name)
  const revision = { name: 'revision', type: 'UInt64' }
  return source === sessionTable
    ? { source, name: teamName(source), columns: [...columns, revision], key }
    : {
        source,
        name: teamName(source),
        columns: [{ name: 'session_id', type: 'String' }, ...columns, revision],
        // Rows of two revisions stand side by side until nobody can still be reading the older one.
        key: ['session_id', 'revision', ...key],
      }
}

/** What makes it where it is missing. Nothing that can change decides where a row lies. */
export function tableStatement({ name, columns, key }: TeamTable): string {
  const listed = columns.map((column) => `\`${column.name}\` ${column.type}`).join(', ')
  return `CREATE TABLE IF NOT EXISTS ${name} (${listed}) ENGINE = ReplacingMergeTree(revision) ORDER BY (${key.join(', ')})`
}

/** What brings one of an earlier Colophon up to date; null: it is. */
export function addedColumns({ name, columns }: TeamTable, known: ReadonlySet<string>): string | null {
  const missing = columns.filter((column) => !known.has(column.name))
  if (missing.length === 0) return null
  const added = missing.map((column) => `ADD COLUMN IF NOT EXISTS \`${column.name}\` ${column.type}`)
  return `ALTER TABLE ${name} ${added.join(', ')}`
}
