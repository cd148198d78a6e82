import { z } from 'zod'
import { action, type AlertAction } from '../../model/alerts/action.ts'
import { besideDatabase, makeAgain } from '../store/beside-database.ts'
import type { Db } from '../store/database.ts'

/** What rules do, by rule: the address of a chat's hook is a key, and a command may hold one. */
const kept = besideDatabase('alert-actions.json', z.unknown())

export function readActions(db: Db): ReadonlyMap<string, AlertAction> {
  const read = new Map<string, AlertAction>()
  for (const [rule, value] of Object.entries(kept.read(db))) {
    const parsed = action.safeParse(value)
    if (parsed.success) read.set(rule, parsed.data)
  }
  return read
}

export function keepAction(db: Db, rule: string, given: AlertAction | undefined): void {
  const { [rule]: before, ...others } = kept.read(db)
  if (before === undefined && given === undefined) return
  kept.write(db, given === undefined ? others : { ...others, [rule]: given })
}

interface Row {
  readonly id: string
  readonly enabled: number
  readonly watched: string
  readonly revision: number
  readonly action: string | null
}

/** Earlier versions kept them in the database. */
export function moveActionsOut(db: Db): void {
  const rows = db.prepare<[], Row>('SELECT id, enabled, watched, revision, action FROM alert_rule').all()
  const held = rows.flatMap(({ id, action: json }) =>
    json === null ? [] : [[id, JSON.parse(json) as unknown] as const],
  )
  if (db.memory || held.length === 0) return
  kept.write(db, { ...Object.fromEntries(held), ...kept.read(db) })
  makeAgain(db, 'alert_rule', () => {
    const add = db.prepare('INSERT INTO alert_rule (id, enabled, watched, revision) VALUES (?, ?, ?, ?)')
    for (const { id, enabled, watched, revision } of rows) add.run(id, enabled, watched, revision)
  })
}
