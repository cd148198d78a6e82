import type { Lineage } from '../../contract/session.ts'
import type { SessionKind, SessionSummary } from '../../model/session/summary.ts'
import type { Db } from '../store/database.ts'
import { calledFrom } from './called.ts'

/** So many forks and helpers are named. */
const most = 30

/** Which sessions a session comes from, and which come from it; those that are not known here have an id alone. */
export function lineageOf(db: Db, { id, parentId }: SessionSummary): Lineage[] {
  const calledOf = calledFrom(db)
  const kind = db.prepare<[string], SessionKind>('SELECT kind FROM session WHERE id = ?').pluck()
  const related = (relation: Lineage['relation'], ids: readonly string[]): Lineage[] =>
    ids.map((other) => ({ relation, id: other, kind: kind.get(other) ?? null, ...calledOf(other) }))
  const from = db
    .prepare<[string], string>(
      'SELECT DISTINCT forked_from_id FROM rollout_thread WHERE session_id = ? AND forked_from_id NOT NULL',
    )
    .pluck()
    .all(id)
  const forks = db
    .prepare<[string], string>(
      'SELECT DISTINCT session_id FROM rollout_thread WHERE forked_from_id = ? ORDER BY session_id',
    )
    .pluck()
    .all(id)
  const helpers = db
    // What only finds a title is of no interest to whoever reads.
    .prepare<[string], string>("SELECT id FROM session WHERE parent_id = ? AND kind <> 'title' ORDER BY first_ns, id")
    .pluck()
    .all(id)
  return [
    ...related('parent', parentId === null || parentId === id ? [] : [parentId]),
    ...related(
      'forked_from',
      from.filter((other) => other !== id),
    ),
    ...related('fork', forks.filter((other) => other !== id).slice(0, most)),
    ...related('helper', helpers.filter((other) => other !== id).slice(0, most)),
  ]
}
