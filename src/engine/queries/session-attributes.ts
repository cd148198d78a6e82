import type { AttributeFilter } from '../../model/panels/filters.ts'
import type { Db } from '../store/database.ts'

/** A hook may send what it likes: a head shows so many, and the rest are found in its records. */
const mostShown = 100

/** What hooks and configuration say of a session (src/model/codex/session-attributes.ts). */
export function attributesOf(db: Db, id: string): AttributeFilter[] {
  return db
    .prepare<[string], AttributeFilter>(
      `SELECT key, value FROM session_attribute WHERE session_id = ? ORDER BY key, value LIMIT ${mostShown}`,
    )
    .all(id)
}

/** Of these keys, what is said of each session. */
export function attributesByKey(
  db: Db,
  ids: readonly string[],
  keys: readonly string[],
): ReadonlyMap<string, readonly AttributeFilter[]> {
  const byId = new Map<string, AttributeFilter[]>()
  if (keys.length === 0) return byId
  const rows = db
    .prepare<[string, string], AttributeFilter & { readonly id: string }>(
      `SELECT session_id AS id, key, value FROM session_attribute
       WHERE session_id IN (SELECT value FROM json_each(?)) AND key IN (SELECT value FROM json_each(?)) ORDER BY key, value`,
    )
    .all(JSON.stringify(ids), JSON.stringify(keys))
  for (const { id, ...said } of rows) byId.set(id, [...(byId.get(id) ?? []), said])
  return byId
}
