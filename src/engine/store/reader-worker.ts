import { parentPort, workerData } from 'node:worker_threads'
import { ProcedureError, type Result } from '../../contract/result.ts'
import { createReader } from '../queries/index.ts'
import { searchThread } from '../worker-client.ts'
import { openForReading } from './database.ts'
import type { ReaderReply, ReaderRequest, WorkerOptions } from './messages.ts'

const port = parentPort
if (port === null) throw new Error('the reader runs as a worker')
/** Who has got a session's rows asks for its spans next, and after that perhaps for nothing. */
const idleMs = 100
/** A binary block is handed over, not copied. */
const reply = (message: ReaderReply): void => {
  const value = message.kind === 'called' && message.result.ok ? message.result.value : null
  port.postMessage(message, value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [])
}

try {
  const options = workerData as WorkerOptions
  const db = openForReading(options.dataDir)
  const search = searchThread(options, (event) => reply({ kind: 'part', event }))
  const reader: Record<string, unknown> = { ...createReader(db, options, search) }
  let idle: NodeJS.Timeout | undefined
  port.on('message', (request: ReaderRequest) => {
    if (request.kind === 'ping') return reply({ kind: 'pong' })
    if (request.kind === 'close') return void close(request.id)
    const { id, name, params } = request
    void call(reader[name], name, params).then((result) => {
      reply({ kind: 'called', id, result })
      if (name !== 'session.block') return
      clearTimeout(idle)
      idle = setTimeout(() => void call(reader['search.prepare'], 'search.prepare', {}), idleMs)
    })
  })
  const close = async (id: number): Promise<void> => {
    clearTimeout(idle)
    await search.close()
    reply({ kind: 'closed', id })
  }
  reply({ kind: 'ready' })
} catch (error) {
  reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}

/** Params were parsed by dispatch, on the host's thread. */
async function call(query: unknown, name: string, params: unknown): Promise<Result<unknown>> {
  try {
    if (typeof query !== 'function') throw new ProcedureError('unknown_procedure', `no procedure ${name}`)
    return { ok: true, value: await (query as (params: unknown) => unknown)(params) }
  } catch (error) {
    const code = error instanceof ProcedureError ? error.code : 'internal'
    return { ok: false, error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}
