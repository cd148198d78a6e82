import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../../../src/engine/store/database.ts'
import { addedColumns, describeTables, tableStatement } from '../../../src/team/projection/describe.ts'

function tables() {
  const db = new Database(':memory:')
  migrate(db)
  const described = describeTables(db)
  db.close()
  return described
}

test('every column of home is there, of the type it has, but ids that depend on the order of arrival', () => {
  const calls = tables().find(({ name }) => name === 'colophon_api_calls')
  expect(calls?.columns).toContainEqual({ name: 'input_tokens', type: 'Int64' })
  expect(calls?.columns).toContainEqual({ name: 'cost_usd', type: 'Nullable(Float64)' })
  expect(calls?.columns).toContainEqual({ name: 'error', type: 'Nullable(String)' })
  expect(calls?.key).toEqual(['session_id', 'revision', 'at_ns', 'status', 'event_kind'])
  const session = tables().at(-1)
  expect(session?.name).toBe('colophon_sessions')
  expect(session?.columns.map(({ name }) => name)).not.toContain('dimension')
  expect(session && tableStatement(session)).toMatch(/ENGINE = ReplacingMergeTree\(revision\) ORDER BY \(id\)$/)
})

test('a table of an earlier Colophon gets the columns that it lacks', () => {
  const [table] = tables()
  if (table === undefined) throw new Error('no tables')
  const known = new Set(table.columns.map(({ name }) => name))
  expect(addedColumns(table, known)).toBeNull()
  known.delete('model')
  expect(addedColumns(table, known)).toBe(
    `ALTER TABLE ${table.name} ADD COLUMN IF NOT EXISTS \`model\` Nullable(String)`,
  )
})
