import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import {
  saidBoth,
  saidNothing,
  saysAnything,
  unsaid,
  withChanges,
  withoutAdded,
  type ByUser,
} from '../../model/session/by-user.ts'
import type { Db } from './database.ts'

/** What the user said of a session, as JSON; a column of a SELECT over `session`. */
export const byUserSql = `(SELECT json_object('name', name, 'starred', json(iif(starred, 'true', 'false')), 'note', note,
    'tags', json((SELECT json_group_array(tag) FROM (SELECT tag FROM user_tag WHERE user_tag.session_id = user_mark.session_id ORDER BY tag))))
  FROM user_mark WHERE user_mark.session_id = session.id)`

export function byUserOf(json: string | null): ByUser {
  return json === null ? saidNothing : (JSON.parse(json) as ByUser)
}

export interface UserMarks {
  mark(params: ParsedParams<'session.mark'>): Value<'session.mark'>
  /** What of an import is not said here yet. */
  news(id: string, said: ByUser): ByUser
  /** Adds that, in the name of an import. The caller holds the transaction. */
  add(id: string, said: ByUser, run: number): void
  /** Takes back what an import added; the caller holds the transaction. */
  takeBack(run: number): void
}

export function userMarks(db: Db): UserMarks {
  const exists = db.prepare<[string], number>('SELECT 1 FROM session WHERE id = ?').pluck()
  const read = db.prepare<[string], string | null>(`SELECT ${byUserSql} FROM (SELECT ? AS id) AS session`).pluck()
  const write = db.prepare(
    `INSERT INTO user_mark (session_id, name, starred, note) VALUES (@id, @name, @starred, @note)
     ON CONFLICT DO UPDATE SET name = excluded.name, starred = excluded.starred, note = excluded.note`,
  )
  const remove = ['user_mark', 'user_tag'].map((table) => db.prepare(`DELETE FROM ${table} WHERE session_id = ?`))
  const addTag = db.prepare('INSERT INTO user_tag (session_id, tag) VALUES (?, ?)')
  const addedBy = db
    .prepare<[string, number], string>('SELECT added FROM import_mark WHERE session_id = ? AND run = ?')
    .pluck()
  const addedIn = db.prepare<[number], { id: string; added: string }>(
    'SELECT session_id AS id, added FROM import_mark WHERE run = ?',
  )
  const noteAdded = db.prepare(
    'INSERT INTO import_mark (session_id, run, added) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET added = excluded.added',
  )
  const forgetAdded = db.prepare('DELETE FROM import_mark WHERE run = ?')
  const of = (id: string): ByUser => byUserOf(read.get(id) ?? null)

  function put(id: string, { name, starred, note, tags }: ByUser): void {
    for (const statement of remove) statement.run(id)
    if (!saysAnything({ name, starred, note, tags })) return
    write.run({ id, name, note, starred: starred ? 1 : 0 })
    for (const tag of tags) addTag.run(id, tag)
  }

  return {
    mark: ({ id, ...changes }) => {
      if (exists.get(id) === undefined) throw new ProcedureError('not_found', `no session ${id}`)
      db.transaction(() => put(id, withChanges(of(id), changes))).immediate()
      return of(id)
    },
    news: (id, said) => unsaid(of(id), said),
    add(id, said, run) {
      const added = unsaid(of(id), said)
      if (!saysAnything(added)) return
      put(id, saidBoth(of(id), added))
      const before = addedBy.get(id, run)
      noteAdded.run(id, run, JSON.stringify(before === undefined ? added : saidBoth(byUserOf(before), added)))
    },
    takeBack(run) {
      for (const { id, added } of addedIn.all(run)) put(id, withoutAdded(of(id), byUserOf(added)))
      forgetAdded.run(run)
    },
  }
}
