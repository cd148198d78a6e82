import type { Value } from '../../contract/index.ts'
import { findId, openFolder } from '../exchange/stored-session.ts'
import { explain } from './explain.ts'

export interface Explanation extends Value<'session.findings'> {
  readonly id: string
  readonly title: string | null
}

/** What is silent for so long is not live any more, as hosts have it unless they are told otherwise. */
const silenceMs = 60_000

/**
 * Explains a session of a data folder, which a Colophon may run on. `session`: its id, how that begins, or `last` for the user's latest.
 * Throws an Error in words for a person.
 */
export function explainStored(dataDir: string, session: string): Explanation {
  const db = openFolder(dataDir)
  try {
    const last = db
      .prepare<[], string>("SELECT id FROM session WHERE kind = 'user' ORDER BY last_ns DESC, id DESC LIMIT 1")
      .pluck()
    const id = session === 'last' ? last.get() : findId(db, session)
    if (id === undefined) throw new Error('there is no session yet')
    const title = db.prepare<[string], string | null>('SELECT title FROM session WHERE id = ?').pluck().get(id) ?? null
    return { id, title, ...explain(db, id, silenceMs) }
  } finally {
    db.close()
  }
}
