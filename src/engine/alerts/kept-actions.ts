import { dirname, join } from 'node:path'
import { z } from 'zod'
import { action, type AlertAction } from '../../model/alerts/action.ts'
import { readOwnFile, writeOwnFile } from '../own-file.ts'
import type { Db } from '../store/database.ts'

const kept = z.record(z.string(), z.unknown())
const fileName = 'alert-actions.json'
const fileOf = (db: Db): string => join(dirname(db.name), fileName)

/**
 * What rules do, by rule. The address of a chat's hook is a key, and a command may hold one, so they stand beside the database: neither
 * the SQL console nor a copy of it holds them.
 */
export function readActions(db: Db): ReadonlyMap<string, AlertAction> {
  const read = new Map<string, AlertAction>()
  for (const [rule, value] of Object.entries(contentOf(db))) {
    const parsed = action.safeParse(value)
    if (parsed.success) read.set(rule, parsed.data)
  }
  return read
}

export function keepAction(db: Db, rule: string, given: AlertAction | undefined): void {
  const { [rule]: before, ...others } = contentOf(db)
  if (db.memory || (before === undefined && given === undefined)) return
  write(db, given === undefined ? others : { ...others, [rule]: given })
}

interface Row {
  readonly id: string
  readonly enabled: number
  readonly watched: string
  readonly revision: number
  readonly action: string | null
}

/** Earlier versions kept them in the database. They leave it for good: the pages that held them are overwritten, and so is the log. */
export function moveActionsOut(db: Db): void {
  const rows = db.prepare<[], Row>('SELECT id, enabled, watched, revision, action FROM alert_rule').all()
  const held = rows.flatMap(({ id, action: json }) =>
    json === null ? [] : [[id, JSON.parse(json) as unknown] as const],
  )
  if (db.memory || held.length === 0) return
  write(db, { ...Object.fromEntries(held), ...contentOf(db) })
  db.pragma('secure_delete = ON')
  db.transaction(() => {
    const make = db.prepare<[], string>("SELECT sql FROM sqlite_master WHERE name = 'alert_rule'").pluck().get()
    db.exec(`DROP TABLE alert_rule; ${make ?? ''}`)
    const add = db.prepare('INSERT INTO alert_rule (id, enabled, watched, revision) VALUES (?, ?, ?, ?)')
    for (const { id, enabled, watched, revision } of rows) add.run(id, enabled, watched, revision)
  }).immediate()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma('secure_delete = OFF')
}

function contentOf(db: Db): Readonly<Record<string, unknown>> {
  if (db.memory) return {}
  try {
    return kept.parse(JSON.parse(readOwnFile(fileOf(db)) ?? ''))
  } catch {
    return {}
  }
}

function write(db: Db, all: Readonly<Record<string, unknown>>): void {
  writeOwnFile(fileOf(db), `${JSON.stringify(all, null, 2)}\n`)
}
