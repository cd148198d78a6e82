import { z } from 'zod'
import { cause, rule as ruleSchema, watched, type Breach, type Rule } from '../../model/alerts/rule.ts'
import type { Alert } from '../../contract/alerts.ts'
import type { Value } from '../../contract/index.ts'
import type { Db } from '../store/database.ts'
import { breachesOf } from './breaches.ts'
import { keepAction, moveActionsOut, readActions } from './kept-actions.ts'

interface RuleRow {
  readonly id: string
  readonly enabled: number
  readonly watched: string
  readonly revision: number
}

interface AlertRow {
  readonly id: number
  readonly ruleId: string
  readonly watched: string
  readonly startedMs: number
  readonly endedMs: number | null
  readonly value: number
  readonly words: string
  readonly cause: string
  readonly seen: number
}

const alertColumns = `id, rule_id AS ruleId, watched, started_ms AS startedMs, ended_ms AS endedMs, value, words, cause, seen`
/** History beyond this many is forgotten. */
const mostAlerts = 1000

export function readRules(db: Db): readonly Rule[] {
  const actions = readActions(db)
  return db
    .prepare<[], RuleRow>('SELECT * FROM alert_rule ORDER BY id')
    .all()
    .flatMap(({ id, enabled, watched: json }) => {
      const action = actions.get(id)
      const then = action === undefined ? {} : { action }
      const parsed = ruleSchema.safeParse({ id, enabled: enabled === 1, watched: JSON.parse(json) as unknown, ...then })
      return parsed.success ? [parsed.data] : []
    })
}

export function listAlerts(db: Db, limit: number): Value<'alert.list'> {
  const rows = db
    .prepare<[number], AlertRow>(`SELECT ${alertColumns} FROM alert ORDER BY started_ms DESC, id DESC LIMIT ?`)
    .all(limit)
  const unseen = db.prepare<[], number>('SELECT count(*) FROM alert WHERE seen = 0').pluck().get() ?? 0
  return { alerts: rows.flatMap(shown), unseen }
}

function shown(row: AlertRow): Alert[] {
  const parsed = z
    .object({ watched, cause })
    .safeParse({ watched: JSON.parse(row.watched) as unknown, cause: JSON.parse(row.cause) as unknown })
  return parsed.success ? [{ ...row, id: String(row.id), seen: row.seen === 1, ...parsed.data }] : []
}

/** Writes rules and looks whether they hold. The caller is the one that writes. */
export interface AlertKeeper {
  save(rule: Rule): void
  remove(id: string): void
  markSeen(): void
  /** Looks once; the alerts that fire now, each told once. */
  look(nowMs: number): readonly Alert[]
}

export function alertKeeper(db: Db): AlertKeeper {
  moveActionsOut(db)
  const save = db.prepare(
    `INSERT INTO alert_rule (id, enabled, watched, revision) VALUES (@id, @enabled, @watched, 1)
     ON CONFLICT DO UPDATE SET enabled = excluded.enabled, watched = excluded.watched,
       revision = revision + (watched <> excluded.watched)`,
  )
  const rules = db.prepare<[], RuleRow>('SELECT * FROM alert_rule WHERE enabled = 1')
  const known = db.prepare<[string, number, string], { id: number; endedMs: number | null }>(
    'SELECT id, ended_ms AS endedMs FROM alert WHERE rule_id = ? AND revision = ? AND key = ? ORDER BY id DESC LIMIT 1',
  )
  const fire = db.prepare<object, AlertRow>(
    `INSERT INTO alert (rule_id, revision, key, watched, started_ms, ended_ms, value, words, cause)
     VALUES (@ruleId, @revision, @key, @watched, @now, @ended, @value, @words, @cause) RETURNING ${alertColumns}`,
  )
  const open = db.prepare<[], { id: number; ruleId: string; revision: number; key: string }>(
    'SELECT id, rule_id AS ruleId, revision, key FROM alert WHERE ended_ms IS NULL',
  )
  const end = db.prepare('UPDATE alert SET ended_ms = ? WHERE id = ?')
  const goOn = db.prepare('UPDATE alert SET ended_ms = NULL WHERE id = ? AND ended_ms IS NOT NULL')
  const forget = db.prepare(
    `DELETE FROM alert WHERE ended_ms IS NOT NULL AND id <= (SELECT max(id) FROM alert) - ${mostAlerts}`,
  )

  function look(nowMs: number): readonly Alert[] {
    const still = new Set<string>()
    const fired: Alert[] = []
    for (const { id, watched: json, revision } of rules.all()) {
      const parsed = watched.safeParse(JSON.parse(json))
      if (!parsed.success) continue
      for (const breach of breachesOf(db, parsed.data, nowMs)) {
        still.add(`${id}\n${revision}\n${breach.key}`)
        const before = known.get(id, revision, breach.key)
        if (before !== undefined && (before.endedMs === null || !breach.again)) {
          if (breach.lasts) goOn.run(before.id)
          continue
        }
        const row = fire.get({ ruleId: id, revision, watched: json, now: nowMs, ...rowOf(breach, nowMs) })
        if (row !== undefined) fired.push(...shown(row))
      }
    }
    for (const { id, ruleId, revision, key } of open.all())
      if (!still.has(`${ruleId}\n${revision}\n${key}`)) end.run(nowMs, id)
    if (fired.length > 0) forget.run()
    return fired
  }

  return {
    save: ({ id, enabled, watched: what, action }) => {
      keepAction(db, id, action)
      save.run({ id, enabled: enabled ? 1 : 0, watched: JSON.stringify(what) })
    },
    remove: (id) => {
      db.prepare('DELETE FROM alert_rule WHERE id = ?').run(id)
      keepAction(db, id, undefined)
    },
    markSeen: () => void db.prepare('UPDATE alert SET seen = 1 WHERE seen = 0').run(),
    look: (nowMs) => db.transaction(() => look(nowMs)).immediate(),
  }
}

function rowOf({ key, lasts, value, words, cause: from }: Breach, nowMs: number): Record<string, unknown> {
  return { key, value, words, cause: JSON.stringify(from), ended: lasts ? null : nowMs }
}
