import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../../src/contract/settings.ts'
import { migrate, type Db } from '../../../../src/engine/store/database.ts'
import { readSettings, writeSettings } from '../../../../src/engine/store/settings.ts'

function database(stored?: string): Db {
  const db = new Database(':memory:')
  migrate(db)
  if (stored !== undefined) db.prepare("INSERT INTO setting (key, value) VALUES ('settings', ?)").run(stored)
  return db
}

test('settings are the defaults until some are written, and then those', () => {
  const db = database()
  expect(readSettings(db)).toEqual(defaultSettings)
  writeSettings(db, { theme: 'dark' })
  writeSettings(db, { theme: 'light' })
  expect(readSettings(db)).toEqual({ theme: 'light' })
})

test.each(['{"theme":"dark","of":"another version"}', '{"theme":"sepia"}', '[]', 'null', '"dark"'])(
  'stored settings %s give settings that this version knows',
  (stored) => {
    const { theme } = readSettings(database(stored))
    expect(theme).toBe(stored.includes('another') ? 'dark' : defaultSettings.theme)
  },
)
