import { join } from 'node:path'
import { procedures, type Params, type ParsedParams, type Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { SourcedProcedure } from '../../contract/sourced.ts'
import { paramsOf } from '../../engine/dispatch.ts'
import { listPanels } from '../../engine/panels/run.ts'
import { databaseFile } from '../../engine/store/database.ts'
import { openTemporary } from '../../engine/store/temporary-database.ts'
import { defaultSilenceMs } from '../../model/session/state.ts'
import { connectReadOnly, type Connection, type TeamReader } from '../connection.ts'
import { exploreAnswers, type ExploreQuestion } from '../explore/index.ts'
import { projectedSessions, sessionsOnTheSpot } from '../explore/sessions.ts'
import { describeFindings } from '../findings/table.ts'
import { keepFamilies } from '../mirror/families.ts'
import { factsOnTheSpot } from '../mirror/facts-on-the-spot.ts'
import { presentTables, sessionsNow } from '../mirror/present-tables.ts'
import { projectedFacts } from '../mirror/projected-facts.ts'
import { openRangeStore, type RangeStore } from '../mirror/range-store.ts'
import { describeTables } from '../projection/describe.ts'
import { findTables } from '../records/generation.ts'
import { percentile } from './percentile.ts'
import { projectsAmong, projectsAt } from './projects-at.ts'
import { rangeAnswers, type RangeQuestion } from './range-answers.ts'
import { under, untold, type Doings } from '../doing.ts'
import { unlessLeft } from '../waited-for.ts'
import { sessionAnswers, type SessionQuestion } from './session-answers.ts'
import { sessionList } from './session-list.ts'
import { watchTables } from './tables-stamp.ts'

/** What of a running Colophon's procedures a team's store answers. */
export type TeamProcedure =
  'session.list' | 'call.percentile' | 'panel.list' | SessionQuestion | RangeQuestion | ExploreQuestion

/** What needs something of this machine beside. */
type AnsweredAtHome = `export.${string}` | 'session.mark'

/** The others that ask of sessions, and why they are not answered; forget one and this does not compile. */
const unanswered: Readonly<Record<Exclude<SourcedProcedure, TeamProcedure | AnsweredAtHome>, string>> = {
  'process.list': 'which process sent spans of no session is not looked up in a team’s records',
}

type Answers = { readonly [N in TeamProcedure]: (params: ParsedParams<N>) => Promise<Value<N>> }

export interface TeamReading {
  /** Answers as the same procedure does at home. Rejects with a ProcedureError, and with an Error in the server's words. */
  readonly ask: <N extends TeamProcedure>(name: N, params: Params<N>) => Promise<Value<N>>
  /** The projects of the sessions that worked in a folder or below it, as `filters.project` takes them. */
  readonly projectsAt: (folder: string) => Promise<readonly string[]>
  /** Whether `colophon project` has made facts there; else they are made of the records of what is asked for. */
  readonly isProjected: boolean
  /** Puts what was read of a session, as a data folder of its own, into an empty folder. */
  readonly copy: (id: string, folder: string) => Promise<void>
  /** The tables there are others than when it was opened. */
  readonly isOutdated: () => Promise<boolean>
  /** Whatever is being asked is given up. */
  readonly stop: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface ReadingOptions {
  readonly silenceMs?: number
  /** Who is told of what takes long. */
  readonly doings?: Doings
  /** For tests: how often it is looked whether the tables are others. */
  readonly lookEveryMs?: number
  /** For tests: of how many spans a session is that shows its rows first. */
  readonly rowsFrom?: number
}

/** Questions to a team's store. It cannot write. */
export async function openTeamReading(
  connection: Connection,
  factsDatabase: string,
  { silenceMs = defaultSilenceMs, doings = untold, lookEveryMs, rowsFrom }: ReadingOptions = {},
): Promise<TeamReading> {
  const raw = await connectReadOnly(connection)
  let facts: TeamReader | null = null
  const close = async (): Promise<void> => {
    await raw.close()
    await facts?.close()
  }
  try {
    const [isOutdated, rawTables, isProjected] = await Promise.all([
      watchTables(raw, [connection.database, factsDatabase], lookEveryMs),
      findTables(raw, connection.database),
      hasFacts(raw, factsDatabase),
    ])
    const store = { raw, tables: rawTables }
    const described = openTemporary()
    const tables = describeTables(described)
    const findings = describeFindings(described)
    described.close()
    if (isProjected) facts = await connectReadOnly({ ...connection, database: factsDatabase })
    const present = isProjected ? await presentTables(raw, factsDatabase, [...tables, findings]) : []
    const ofSessions = sessionsNow(tables, present)
    const source = facts === null ? factsOnTheSpot(store, tables) : projectedFacts(facts, present)
    const families = keepFamilies(store, source, { silenceMs, doings, rowsFrom })
    const ranges = openRangeStore(store, source, silenceMs, doings)
    const answers: Answers = {
      ...sessionAnswers(families),
      ...rangeAnswers(ranges),
      ...exploreAnswers(
        {
          ...{ reader: facts ?? raw, tables: store.tables, database: connection.database },
          sessions: facts === null ? sessionsOnTheSpot(ranges) : projectedSessions(facts, ofSessions, silenceMs),
        },
        ranges,
      ),
      'panel.list': () => Promise.resolve(listPanels()),
      ...(facts === null ? unprojected(ranges) : projected(facts, ofSessions, silenceMs)),
    }
    return {
      isProjected: facts !== null,
      isOutdated,
      async stop() {
        ranges.stop()
        await Promise.all([raw.stop(), facts?.stop()])
      },
      ask: async <N extends TeamProcedure>(name: N, params: Params<N>) => {
        const parsed = paramsOf(procedures[name], params)
        if (!parsed.ok) throw new ProcedureError(parsed.error.code, parsed.error.message)
        if (!Object.hasOwn(answers, name))
          throw new ProcedureError(
            'bad_request',
            (unanswered as Readonly<Partial<Record<string, string>>>)[name] ?? `${name} cannot be asked of a team`,
          )
        return under(doings, 'the team’s ClickHouse', () => unlessLeft(() => answers[name](parsed.value as never)))
      },
      copy: (id, folder) =>
        families.askWithPast(id, ({ db }) => {
          db.prepare('VACUUM INTO ?').run(join(folder, databaseFile))
        }),
      projectsAt: async (folder) => {
        if (facts !== null) return projectsAt(facts, folder)
        const { sessions } = await answers['session.list']({ helpers: true, limit: 10_000, offset: 0 })
        return projectsAmong(sessions, folder)
      },
      close: async () => {
        await families.close()
        await ranges.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

type Listing = Pick<Answers, 'session.list' | 'call.percentile'>

/** What looks at all sessions there are is asked of the server, in its own words. */
function projected(facts: TeamReader, ofSessions: string, silenceMs: number): Listing {
  return {
    'session.list': (params) => sessionList(facts, ofSessions, params, silenceMs),
    'call.percentile': (params) => percentile(facts, params),
  }
}

function unprojected(ranges: RangeStore): Listing {
  return {
    'session.list': async (params) => (await ranges.readerOf(params))['session.list'](params),
    'call.percentile': async (params) => (await ranges.readerOf({}))['call.percentile'](params),
  }
}

async function hasFacts(raw: TeamReader, database: string): Promise<boolean> {
  const rows = await raw.rows<object>(
    `SELECT 1 AS there FROM system.tables WHERE database = {database:String} AND name = 'colophon_sessions'`,
    { database },
  )
  return rows.length > 0
}
