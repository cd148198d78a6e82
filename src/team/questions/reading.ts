import { procedures, type Params, type Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { paramsOf } from '../../engine/dispatch.ts'
import { defaultSilenceMs } from '../../model/session/state.ts'
import { connect, readerOf, type Connection, type TeamReader } from '../connection.ts'
import { projectsAt } from './projects-at.ts'
import { sessionList } from './session-list.ts'

/** What of a running Colophon's procedures a team's facts answer so far. */
export type TeamProcedure = 'session.list'

export interface TeamReading {
  /** Answers as the same procedure does at home. Rejects with a ProcedureError, and with an Error in the server's words. */
  readonly ask: <N extends TeamProcedure>(name: N, params: Params<N>) => Promise<Value<N>>
  /** The projects of the sessions that worked in a folder or below it, as `filters.project` takes them. */
  readonly projectsAt: (folder: string) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

const answers = { 'session.list': sessionList } satisfies Record<TeamProcedure, unknown>

/** Questions to the facts that `colophon project` has made. It cannot write. */
export async function openTeamReading(
  connection: Connection,
  factsDatabase: string,
  silenceMs: number = defaultSilenceMs,
): Promise<TeamReading> {
  const facts = readerOf(await connect({ ...connection, database: factsDatabase }))
  return {
    ask: async <N extends TeamProcedure>(name: N, params: Params<N>) => {
      const parsed = paramsOf(procedures[name], params)
      if (!parsed.ok) throw new ProcedureError(parsed.error.code, parsed.error.message)
      const answer = answers[name] as (facts: TeamReader, params: unknown, silenceMs: number) => Promise<unknown>
      return (await answer(facts, parsed.value, silenceMs)) as Value<N>
    },
    projectsAt: (folder) => projectsAt(facts, folder),
    close: () => facts.close(),
  }
}
