import { parentPort, workerData } from 'node:worker_threads'
import { ProcedureError, type Result } from '../contract/result.ts'
import type { Params } from '../contract/index.ts'
import type { ReaderReply } from '../engine/store/messages.ts'
import type { TeamOptions, TeamRequest, TeamTells } from '../engine/team/messages.ts'
import { testConnection, type TestedConnection } from './connection-test.ts'
import { keepDoings } from './doing.ts'
import { keepReading } from './keep-reading.ts'
import { openTeamReading, type TeamProcedure } from './questions/reading.ts'
import { whileWaited } from './waited-for.ts'

const port = parentPort
if (port === null) throw new Error("a team's reader runs as a worker")
const { connection, silenceMs } = workerData as TeamOptions

port.on('message', (request: TeamRequest) => {
  if (request.kind === 'ping') return reply({ kind: 'pong' })
  const { id, name, params } = request
  void askedBy(request.asked, () => answer(name, params)).then((result) => {
    reply({ kind: 'called', id, result })
  })
})
reply({ kind: 'ready' })

/** A binary block is handed over, not copied. */
function reply(message: ReaderReply): void {
  const value = message.kind === 'called' && message.result.ok ? message.result.value : null
  port?.postMessage(message, value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [])
}

const doings = keepDoings((doing) => {
  port?.postMessage({ kind: 'doing', doing } satisfies TeamTells)
})

const readings = keepReading(() => {
  if (connection === null) throw new ProcedureError('bad_request', 'no team is set up')
  return openTeamReading(connection, connection.factsDatabase, { silenceMs, doings })
})

/** What may be given up by a name of its own. */
const asking = new Map<string, AbortController>()

async function askedBy<T>(asked: string | undefined, question: () => Promise<T>): Promise<T> {
  if (asked === undefined) return question()
  const given = new AbortController()
  asking.set(asked, given)
  try {
    return await whileWaited(given.signal, question)
  } finally {
    asking.delete(asked)
  }
}

async function answer(name: string, params: unknown): Promise<Result<unknown>> {
  try {
    if (name === 'team.test') return { ok: true, value: await testConnection(params as TestedConnection) }
    if (name === 'team.stop') {
      const { asked } = params as Params<'team.stop'>
      if (asked === undefined) await readings.ifOpen((reading) => reading.stop())
      else for (const one of asked) asking.get(one)?.abort()
      return { ok: true, value: {} }
    }
    if (name === 'session.copy') {
      const { id, folder } = params as { readonly id: string; readonly folder: string }
      return { ok: true, value: await readings.use((reading) => reading.copy(id, folder)) }
    }
    return { ok: true, value: await readings.use((reading) => reading.ask(name as TeamProcedure, params as never)) }
  } catch (error) {
    // What a server or the way to it says is no fault of Colophon's.
    const code = error instanceof ProcedureError ? error.code : 'unavailable'
    const words = error instanceof Error ? error.message : String(error)
    return {
      ok: false,
      error: { code, message: error instanceof ProcedureError ? words : `the team's ClickHouse: ${words}` },
    }
  }
}
