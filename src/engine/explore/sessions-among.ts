import { isNarrowed, type Filters } from '../../model/panels/filters.ts'
import { fitsSql, fittingSessions } from '../filters/fitting-sessions.ts'
import { dimensionsOf } from '../panels/dimensions.ts'
import type { Db } from '../store/database.ts'

/** What of a session's row filters ask, as SQL with its parameters; null where nothing is narrowed. */
export interface Among {
  readonly sql: string
  readonly bound: { readonly dimensions: string; readonly sessions: string | null }
}

export function sessionsAmong(db: Db, filters: Filters, silenceMs: number): Among | null {
  if (!isNarrowed(filters)) return null
  return {
    sql: fitsSql,
    bound: { dimensions: dimensionsOfAll(db, filters), sessions: fittingSessions(db, filters, silenceMs) },
  }
}

/** Ids of the dimensions that filters let through, of Codex and of applications, as JSON. */
function dimensionsOfAll(db: Db, filters: Filters): string {
  const codex = JSON.parse(dimensionsOf(db, 'codex', filters).ofModels) as number[]
  const apps = JSON.parse(dimensionsOf(db, 'genai', filters).ofModels) as number[]
  return JSON.stringify([...codex, ...apps])
}

/** Keys of the conversations whose sessions filters let through in a range, as JSON; null where nothing is narrowed. */
export function conversationsAmong(
  db: Db,
  filters: Filters,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  silenceMs: number,
): string | null {
  const among = sessionsAmong(db, filters, silenceMs)
  if (among === null) return null
  const keys = db
    .prepare<object, number>(
      `SELECT conversation.key FROM session JOIN conversation ON conversation.id = session.id
       WHERE last_ns >= @from * 1000000 AND first_ns < @to * 1000000 AND ${among.sql}`,
    )
    .pluck()
    .all({ from: Math.floor(fromMs), to: Math.ceil(toMs), ...among.bound })
  return JSON.stringify(keys)
}
