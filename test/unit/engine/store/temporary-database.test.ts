import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate, type Db } from '../../../../src/engine/store/database.ts'
import { openTemporary } from '../../../../src/engine/store/temporary-database.ts'

/** Its schema, version and every row. */
function contentOf(db: Db): unknown {
  const things = db
    .prepare<[], { type: string; name: string; sql: string }>(
      "SELECT type, name, sql FROM sqlite_schema WHERE name <> 'sqlite_sequence' ORDER BY type, name",
    )
    .all()
  const tables = things.filter(({ type }) => type === 'table')
  const rows = tables.map(({ name }): unknown => db.prepare(`SELECT * FROM "${name}"`).all())
  return { things, rows, version: db.pragma('user_version', { simple: true }) }
}

test('a temporary database is to the last row what the migrations make, the second as the first, and each its own', () => {
  const migrated = new Database(':memory:')
  migrate(migrated)
  const [first, second] = [openTemporary(), openTemporary()]
  expect(contentOf(first)).toEqual(contentOf(migrated))
  first.exec("INSERT INTO setting (key, value) VALUES ('mine', '1')")
  expect(contentOf(second)).toEqual(contentOf(migrated))
  for (const db of [migrated, first, second]) db.close()
})
