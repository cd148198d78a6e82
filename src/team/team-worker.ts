import { parentPort, workerData } from 'node:worker_threads'
import { ProcedureError, type Result } from '../contract/result.ts'
import type { ReaderReply, ReaderRequest } from '../engine/store/messages.ts'
import type { TeamOptions, TeamTells } from '../engine/team/messages.ts'
import { testConnection, type TestedConnection } from './connection-test.ts'
import { keepDoings } from './doing.ts'
import { keepReading } from './keep-reading.ts'
import { openTeamReading, type TeamProcedure } from './questions/reading.ts'

const port = parentPort
if (port === null) throw new Error("a team's reader runs as a worker")
const { connection, silenceMs } = workerData as TeamOptions

port.on('message', (request: ReaderRequest) => {
  if (request.kind === 'ping') return reply({ kind: 'pong' })
  const { id, name, params } = request
  void answer(name, params).then((result) => {
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

async function answer(name: string, params: unknown): Promise<Result<unknown>> {
  try {
    if (name === 'team.test') return { ok: true, value: await testConnection(params as TestedConnection) }
    if (name === 'team.stop') {
      await readings.ifOpen((reading) => reading.stop())
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
