import type { Changes } from '../../contract/projects.ts'
import type { SessionSummary } from '../../model/session/summary.ts'
import type { Db } from '../store/database.ts'

/**
 * What the patches of each group of sessions changed, as their files tell; null where no file tells of any. A file that three patches changed
 * is one. Of a patch that was read before paths had hashes, and whose file is gone since, each file counts by itself.
 */
export function changesOf(
  db: Db,
  groups: readonly (readonly Pick<SessionSummary, 'id' | 'witness'>[])[],
): readonly (Changes | null)[] {
  const told = groups.map((group) => group.flatMap(({ id, witness }) => (witness === 'telemetry' ? [] : [id])))
  const found = new Map(
    db
      .prepare<[string], Row>(
        sumsOf(
          'grouped.key',
          'json_each(?) AS grouped JOIN json_each(grouped.value) AS member JOIN rollout ON session_id = member.value',
        ),
      )
      .all(JSON.stringify(told))
      .map(({ key, ...changes }) => [key, changes]),
  )
  return told.map((ids, at) => (ids.length === 0 ? null : (found.get(at) ?? none)))
}

/** By the ids of a session's turns; those without a patch are not among them. */
export function changesByTurn(db: Db, sessionId: string): ReadonlyMap<string, Changes> {
  const rows = db
    .prepare<[string], Row>(sumsOf('item_turn_id', '(SELECT * FROM rollout WHERE session_id = ?) AS rollout'))
    .all(sessionId)
  return new Map(rows.map(({ key, ...changes }) => [String(key), changes]))
}

const none: Changes = { filesChanged: 0, linesAdded: 0, linesRemoved: 0 }

type Row = Changes & { readonly key: string | number | null }

/** A rewind's file may tell of a call of the file before it: it counts once. */
const sumsOf = (key: string, files: string): string => `
  WITH told AS MATERIALIZED (
    SELECT ${key} AS key, session_id, call_id, file, files_changed, lines_added, lines_removed
    FROM ${files} JOIN file_tool USING (file) WHERE files_changed NOT NULL AND item_state = 'ok'),
  patch AS (
    SELECT key, max(lines_added) AS added, max(lines_removed) AS removed,
      CASE WHEN EXISTS (SELECT 1 FROM file_change WHERE file_change.file = told.file AND file_change.call_id = told.call_id) THEN 0
        ELSE max(files_changed) END AS unnamed
    FROM told GROUP BY key, session_id, call_id),
  named AS (SELECT key, count(DISTINCT path_hash) AS files FROM told JOIN file_change USING (file, call_id) GROUP BY key)
  SELECT patch.key, sum(unnamed) + coalesce((SELECT files FROM named WHERE named.key IS patch.key), 0) AS filesChanged,
    coalesce(sum(added), 0) AS linesAdded, coalesce(sum(removed), 0) AS linesRemoved
  FROM patch GROUP BY patch.key`
