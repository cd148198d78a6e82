import type { DoctorResult } from '../../contract/config.ts'
import type { ParsedParams, Value } from '../../contract/index.ts'
import type { Result } from '../../contract/result.ts'
import type { Agents } from '../../contract/settings.ts'
import type { FoundWords, WordsParams } from '../../contract/words.ts'
import type { RedactionKind } from '../../model/exchange/redaction.ts'
import type { StartProcess } from '../engine.ts'
import { consoleClient, type ConsoleClient } from '../explore/console-client.ts'
import { askWords } from '../history/words/ask-words.ts'
import { arrivals, type Arrival } from '../queries/arrivals.ts'
import { slowest, type SlowCalls, type SlowestParams } from '../queries/slowest.ts'
import { costsOf, type Costs, type CostsAsked } from './costs.ts'
import { footerReader, type FooterReader } from './footer-figures.ts'
import { knownSession, type KnownSession } from './known-session.ts'
import { openFolder } from './open-folder.ts'

/** What agents ask of a data folder beside the procedures that only read. */
export interface Beside {
  readonly session: (id: string) => KnownSession
  readonly slowest: (params: SlowestParams) => SlowCalls[]
  readonly arrivals: () => Arrival[]
  /** What a range cost, in all and told apart, as the command says it. */
  readonly costs: (asked: CostsAsked) => Costs
  readonly words: (params: WordsParams) => Promise<FoundWords>
  /** What keeps Codex's telemetry from arriving; asks nobody beyond this machine. */
  readonly doctor: () => Promise<Result<DoctorResult>>
  /** A statement over the console's views, in a process that can be ended, with content as `agents` may see it. */
  readonly sql: (params: ParsedParams<'sql.run'>, agents: Agents) => Promise<Result<Value<'sql.run'>>>
  /** A session's summary in Markdown, as exports have it. Throws an Error in words. */
  readonly markdown: (id: string, redact: readonly RedactionKind[]) => Promise<string>
  readonly footer: FooterReader
  readonly close: () => Promise<void>
}

export interface BesideGiven {
  readonly dataDir: string
  readonly version: string
  /** Left out: Node's own child processes. */
  readonly startProcess?: StartProcess | undefined
}

/** Throws an Error in words where there is no database, or one of another version. */
export function openBeside({ dataDir, version, startProcess }: BesideGiven): Beside {
  const db = openFolder(dataDir)
  let shown = ''
  let console: ConsoleClient | null = null
  return {
    session: (id) => knownSession(db, id),
    slowest: (params) => slowest(db, params),
    arrivals: () => arrivals(db),
    costs: (asked) => costsOf(db, asked),
    words: (params) => askWords({ db, dataDir }, params),
    // Few ask these two, and they bring as much as all the others.
    doctor: async () => {
      const { configHandlers } = await import('../config/index.ts')
      const { knownReceivers } = await import('../receivers/known.ts')
      const receivers = knownReceivers(dataDir, { http: null, grpc: null })
      return await configHandlers({ dataDir, receivers })['config.doctor']({ askOthers: false })
    },
    sql: async (params, agents) => {
      // The process has its views for as long as it runs.
      const wanted = JSON.stringify(agents)
      if (console === null || wanted !== shown) {
        await console?.close()
        console = consoleClient(dataDir, () => undefined, startProcess, { agents })
        shown = wanted
      }
      return console.run(params)
    },
    markdown: async (id, redact) => {
      const { openStoredSession } = await import('../exchange/stored-session.ts')
      const request = {
        session: id,
        folder: dataDir,
        format: 'markdown',
        redact,
        conversation: false,
        version,
      } as const
      const session = await openStoredSession(dataDir, request)
      try {
        return [...session.pieces()].join('')
      } finally {
        session.close()
      }
    },
    footer: footerReader(db),
    close: async () => {
      db.close()
      await console?.close()
    },
  }
}
