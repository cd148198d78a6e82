import type { CommandResults } from '../../contract/commands.ts'
import { sessionName } from '../../model/session/name.ts'
import { defaultSilenceMs } from '../../model/session/state.ts'
import { explain } from '../findings/explain.ts'
import { findSession } from '../queries/session-list.ts'
import type { Db } from '../store/database.ts'

/** Why a session was slow or expensive, at one moment of the database. Throws an Error in words where there is none of this id. */
export function explainedSession(db: Db, id: string): CommandResults['explain'] {
  return db.transaction(() => {
    const session = findSession(db, id, defaultSilenceMs)
    if (session === null) throw new Error(`there is no session ${id}`)
    return { id, title: sessionName(session), ...explain(db, id, defaultSilenceMs) }
  })()
}
