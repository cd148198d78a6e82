import { saysAnything } from '../../model/session/by-user.ts'
import { sessionSpans } from '../history/session-spans.ts'
import type { Db } from '../store/database.ts'
import { userMarks } from '../store/user-marks.ts'
import type { ImportTold } from './import-json.ts'
import { knownRollouts, writeRollouts } from './rollout-rows.ts'

/** An import that goes on has no number yet. */
export const runningImport = 0

/** Sessions that an export would add to: those of session files that are not known here, and of words that the user has not said here. */
export function sessionsToldOf(db: Db, { rollouts, byUser }: ImportTold): readonly string[] {
  const isKnown = knownRollouts(db)
  const marks = userMarks(db)
  const files = rollouts.files.filter(({ rolloutId }) => !isKnown(rolloutId))
  const marked = byUser.filter(({ id, said }) => saysAnything(marks.news(id, said)))
  return [...new Set([...files.map(({ sessionId }) => sessionId), ...marked.map(({ id }) => id)])]
}

/** One transaction, and how many session files it added. What was said is kept where the session's own files are not here. */
export function storeTold(db: Db, { rollouts, said, byUser }: ImportTold): number {
  const isHere = db
    .prepare<[string, string], number>(
      'SELECT 1 FROM rollout_file WHERE thread_id = ? UNION SELECT 1 FROM import_said WHERE session_id = ?',
    )
    .pluck()
  const add = db.prepare('INSERT INTO import_said (session_id, position, run, item) VALUES (?, ?, ?, ?)')
  const store = db.transaction(() => {
    const added = writeRollouts(db, rollouts, runningImport)
    const wanted = new Map<string, number>()
    for (const { sessionId, item } of said) {
      const position = wanted.get(sessionId) ?? (isHere.get(sessionId, sessionId) === undefined ? 0 : -1)
      wanted.set(sessionId, position < 0 ? position : position + 1)
      if (position >= 0) add.run(sessionId, position, runningImport, JSON.stringify(item))
    }
    const marks = userMarks(db)
    for (const one of byUser) marks.add(one.id, one.said, runningImport)
    return added
  })
  return store.immediate()
}

/** What a running import told gets its number; whether it told anything. */
export function numberTold(db: Db, run: number): boolean {
  const changes = ['import_rollout', 'import_said', 'import_mark'].map(
    (table) => db.prepare(`UPDATE ${table} SET run = ? WHERE run = ?`).run(run, runningImport).changes,
  )
  return changes.some((count) => count > 0)
}

/** Takes back what a run told, but for files that were read here since; the caller holds the transaction. */
export function removeTold(db: Db, run: number): void {
  const files = db
    .prepare<[number], { rolloutId: string; sessionId: string }>(
      'SELECT rollout_id AS rolloutId, session_id AS sessionId FROM import_rollout WHERE run = ?',
    )
    .all(run)
  const isRead = db.prepare<[string], number>('SELECT 1 FROM rollout_file WHERE rollout_id = ?').pluck()
  const remove = [
    ...['rollout', 'rollout_thread'].map((table) => `DELETE FROM ${table} WHERE session_id = ? AND rollout_id = ?`),
    'DELETE FROM rollout_spawn WHERE parent_id = ? AND rollout_id = ?',
  ].map((sql) => db.prepare(sql))
  const spawnedBy = db
    .prepare<[string, string], string>('SELECT session_id FROM rollout_spawn WHERE parent_id = ? AND rollout_id = ?')
    .pluck()
  const unsettle = db.prepare('INSERT INTO unsettled (session_id) VALUES (?) ON CONFLICT DO NOTHING')
  const spans = sessionSpans(db)
  for (const { rolloutId, sessionId } of files.filter((file) => isRead.get(file.rolloutId) === undefined)) {
    for (const id of spawnedBy.all(sessionId, rolloutId)) unsettle.run(id)
    for (const statement of remove) statement.run(sessionId, rolloutId)
    spans.renew(sessionId)
    unsettle.run(sessionId)
  }
  db.prepare('DELETE FROM import_said WHERE run = ?').run(run)
  db.prepare('DELETE FROM import_rollout WHERE run = ?').run(run)
  userMarks(db).takeBack(run)
}
