import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { sqlViews } from '../../../../src/engine/explore/views.ts'
import { examples } from '../../../../src/renderer/views/explore/sql/examples.ts'

const text = readFileSync(new URL('../../../../docs/sql-views.md', import.meta.url), 'utf8')

/** The columns that the page lists below the heading of a view. */
function documented(view: string): string[] {
  const section = text.split(/^### /m).find((part) => part.startsWith(`${view}\n`)) ?? ''
  return [...section.matchAll(/^\| `([a-z_]+)`/gm)].map(([, column]) => column ?? '')
}

test.each(sqlViews.map(({ name }) => name))('docs/sql-views.md names every column of %s and no other', (name) => {
  const view = sqlViews.find((one) => one.name === name)
  expect(documented(name)).toEqual(Object.keys(view?.columns ?? {}))
})

test('every example of docs/sql-views.md runs over views with the documented columns', () => {
  const db = new Database(':memory:')
  for (const { name, columns } of sqlViews) db.exec(`CREATE TABLE ${name} (${Object.keys(columns).join(', ')})`)
  const statements = [...text.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql?.trim() ?? '')
  expect(statements).toHaveLength(3)
  for (const sql of [...statements, ...examples.map((example) => example.sql)])
    expect(() => db.prepare(sql).all()).not.toThrow()
  expect(examples.slice(0, 3).map(({ sql }) => sql)).toEqual(statements)
  db.close()
})
