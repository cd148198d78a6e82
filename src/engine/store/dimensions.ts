import type { Db } from './database.ts'

/** Names the combination of a session's filterable values; the caller holds the transaction and has settled the session. */
export function dimensionWriter(db: Db): (sessionId: string) => void {
  return writerOf(db, '= ?')
}

/** The same of many sessions at once, their ids as JSON. */
export function dimensionsWriter(db: Db): (sessionIds: string) => void {
  return writerOf(db, 'IN (SELECT value FROM json_each(?))')
}

function writerOf(db: Db, among: string): (ids: string) => void {
  const values = `kind, coalesce(service, ''), coalesce(environment, ''), coalesce(originator, ''), coalesce(terminal, ''),
    coalesce(user, ''), coalesce(folder, ''), coalesce(app_version, ''), models`
  const insert = db.prepare(
    `INSERT INTO dimension (kind, service, environment, originator, terminal, user, project, app_version, models)
     SELECT ${values} FROM session WHERE id ${among} ON CONFLICT DO NOTHING`,
  )
  const set = db.prepare(
    `UPDATE session SET dimension = found.id FROM dimension AS found
     WHERE session.id ${among} AND (found.kind, found.service, found.environment, found.originator, found.terminal, found.user,
       found.project, found.app_version, found.models) = (session.kind, coalesce(session.service, ''),
       coalesce(session.environment, ''), coalesce(session.originator, ''), coalesce(session.terminal, ''),
       coalesce(session.user, ''), coalesce(session.folder, ''), coalesce(session.app_version, ''), session.models)
       AND session.dimension IS NOT found.id`,
  )
  return (ids) => {
    insert.run(ids)
    set.run(ids)
  }
}
