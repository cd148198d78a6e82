import type { Filters } from '../../model/panels/filters.ts'
import { dimensionsOf } from '../panels/dimensions.ts'
import type { Db } from '../store/database.ts'

/** Whether filters narrow anything at all. */
export function isNarrowed({ helpers, ...fields }: Filters): boolean {
  return !helpers || Object.values(fields).some((values) => values !== undefined)
}

/** Ids of the dimensions that filters let through, of Codex and of applications, as JSON; null where nothing is narrowed. */
export function dimensionsAmong(db: Db, filters: Filters): string | null {
  if (!isNarrowed(filters)) return null
  const codex = JSON.parse(dimensionsOf(db, 'codex', filters).ofModels) as number[]
  const apps = JSON.parse(dimensionsOf(db, 'genai', filters).ofModels) as number[]
  return JSON.stringify([...codex, ...apps])
}

/** Keys of the conversations whose sessions filters let through in a range, as JSON; null where nothing is narrowed. */
export function conversationsAmong(db: Db, filters: Filters, fromMs: number, toMs: number): string | null {
  const dimensions = dimensionsAmong(db, filters)
  if (dimensions === null) return null
  const keys = db
    .prepare<[number, number, string], number>(
      `SELECT conversation.key FROM session JOIN conversation ON conversation.id = session.id
       WHERE last_ns >= ? * 1000000 AND first_ns < ? * 1000000 AND dimension IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(Math.floor(fromMs), Math.ceil(toMs), dimensions)
  return JSON.stringify(keys)
}
