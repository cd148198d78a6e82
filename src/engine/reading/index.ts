import { procedures, type Params, type Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { defaultSilenceMs } from '../../model/session/state.ts'
import { paramsOf } from '../dispatch.ts'
import { createReader, type ReaderProcedure } from '../queries/index.ts'
import { findSessionNamed, type FoundSession } from './find-session.ts'
import { checkSchema, openFolder, placeOf } from './open-folder.ts'
import { projectsAt } from './projects-at.ts'

/** The reading procedures of a data folder, asked in this very process. */
export interface Reading {
  /**
   * Answers as the same procedure of a running Colophon does, from params as a client gives them. Rejects with a ProcedureError
   * (`bad_request`, `not_found`), and with an Error in words where the database is of another version meanwhile.
   */
  readonly ask: <N extends ReaderProcedure>(name: N, params: Params<N>) => Promise<Value<N>>
  /** An id, how one begins, or `last`, which is the newest of `folder` where it has any. Throws an Error in words. */
  readonly find: (session: string, folder: string) => FoundSession
  /** The projects of the sessions that worked in a folder or below it, as `filters.project` takes them. */
  readonly projectsAt: (folder: string) => readonly string[]
  /** Whether it reads what lies in the folder now: not where that was deleted, or another put in its place. */
  readonly isOfFolder: () => boolean
  readonly close: () => void
}

/**
 * Opens a data folder for one who asks (a command, an MCP server): one connection that cannot write, without threads, ports, a lock or
 * migrations, whether a Colophon runs on the folder or not. Use:
 *
 *     const reading = openReading(dataDir)
 *     try {
 *       const { sessions } = await reading.ask('session.list', { limit: 20 })
 *     } finally {
 *       reading.close()
 *     }
 *
 * Asked one thing after another: a question that takes long holds the process up. To keep it open disturbs nobody, since no transaction
 * outlasts a question, and what others commit is seen by the next one. Import it when it is needed: it brings every query.
 * Throws an Error in words where there is no database, or one of another version.
 */
export function openReading(dataDir: string): Reading {
  const db = openFolder(dataDir)
  const reader = createReader(db, { dataDir, silenceMs: defaultSilenceMs })
  return {
    ask: async <N extends ReaderProcedure>(name: N, params: Params<N>) => {
      checkSchema(db)
      const parsed = paramsOf(procedures[name], params)
      if (!parsed.ok) throw new ProcedureError(parsed.error.code, parsed.error.message)
      const answer = reader[name] as (params: unknown) => unknown
      return (await answer(parsed.value)) as Value<N>
    },
    find: (session, folder) => findSessionNamed(db, session, folder),
    projectsAt: (folder) => projectsAt(db, folder),
    isOfFolder: placeOf(dataDir),
    close: () => {
      db.close()
    },
  }
}
