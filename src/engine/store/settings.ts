import { z } from 'zod'
import { defaultSettings, type Settings, settings as settingsSchema } from '../../contract/settings.ts'
import type { Db } from './database.ts'

const rowKey = 'settings'

/** A value that this version does not know falls back to its default. */
export function readSettings(db: Db): Settings {
  const row = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(rowKey)
  if (row === undefined) return defaultSettings
  const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(row))
  const merged = settingsSchema.safeParse({ ...defaultSettings, ...(parsed.success ? parsed.data : {}) })
  return merged.success ? merged.data : defaultSettings
}

export function writeSettings(db: Db, settings: Settings): void {
  db.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
    rowKey,
    JSON.stringify(settings),
  )
}
