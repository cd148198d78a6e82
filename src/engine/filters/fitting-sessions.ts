import { boundFields, filterFields } from '../../model/panels/filter-fields.ts'
import type { Filters } from '../../model/panels/filters.ts'
import type { Db } from '../store/database.ts'
import { predicatesOf } from './predicates.ts'
import { placesOf } from './repositories.ts'

/** Whether a session is among those of the dimensions and of the ids that filters let through; `@sessions` is NULL where any is. */
export const fitsSql = `session.dimension IN (SELECT value FROM json_each(@dimensions))
  AND (@sessions IS NULL OR session.id IN (SELECT value FROM json_each(@sessions)))`

interface Known {
  readonly key: string
  readonly ids: string
}

/** All panels of a dashboard ask the same; by the connection that asks. */
const last = new WeakMap<Db, Known>()
/** A session becomes lost by time alone, and its witnesses differ from then on. */
const stateHoldsMs = 1000

/**
 * Ids of the sessions that filters let through beside what facts are summed up by, as JSON; null where nothing of that kind is asked.
 * Of each session its own row is read, and decisions where they are asked for.
 */
export function fittingSessions(db: Db, filters: Filters, silenceMs: number): string | null {
  const predicates = predicatesOf(filters)
  if (predicates.length === 0) return null
  const nowMs = Date.now()
  const moment = filters.state === undefined && filters.witness === undefined ? 0 : Math.floor(nowMs / stateHoldsMs)
  const key = JSON.stringify([filters, moment, silenceMs, versionOf(db)])
  const known = last.get(db)
  if (known?.key === key) return known.ids
  const ids = JSON.stringify(
    db
      .prepare<object, string>(`SELECT id FROM session WHERE ${predicates.map((sql) => `(${sql})`).join(' AND ')}`)
      .pluck()
      .all(boundOf(db, filters, nowMs, silenceMs)),
  )
  last.set(db, { key, ids })
  return ids
}

function boundOf(db: Db, filters: Filters, nowMs: number, silenceMs: number): Record<string, unknown> {
  return {
    nowNs: BigInt(nowMs) * 1_000_000n,
    silenceNs: BigInt(Math.ceil(silenceMs)) * 1_000_000n,
    attribute: JSON.stringify(filters.attribute ?? []),
    ...Object.fromEntries(
      filterFields.map((field) => [field, filters[field] === undefined ? null : JSON.stringify(filters[field])]),
    ),
    repository: filters.repository === undefined ? null : placesOf(db, filters.repository),
    ...Object.fromEntries(
      boundFields.flatMap((field) => [
        [`${field}_from`, filters[field]?.atLeast ?? null],
        [`${field}_to`, filters[field]?.atMost ?? null],
      ]),
    ),
  }
}

/** Changes with every commit, of others and of this connection. */
function versionOf(db: Db): string {
  const own = db.prepare<[], number>('SELECT total_changes()').pluck().get()
  return `${String(db.pragma('data_version', { simple: true }))}.${String(own)}`
}
