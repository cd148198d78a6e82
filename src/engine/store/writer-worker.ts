import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { ProcedureError, type Result } from '../../contract/result.ts'
import { lockDataDir, openForWriting } from './database.ts'
import type { WorkerOptions, WriterReply, WriterRequest } from './messages.ts'
import { writerProcedures } from './writer-procedures.ts'
import { createWriter, type Incoming } from './writer.ts'

/** One transaction takes what has come in meanwhile, up to this much: about 20 ms of work. */
const mostBytes = 4 * 1024 * 1024
/** Facts follow their records by this much; the page is told at most four times a second anyway. */
const settleEveryMs = 200
const settleBudgetMs = 20

const port = parentPort
if (port === null) throw new Error('the writer runs as a worker')
const reply = (message: WriterReply): void => {
  port.postMessage(message)
}

try {
  run(workerData as WorkerOptions)
} catch (error) {
  reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}

function run(options: WorkerOptions): void {
  if (port === null) return
  const lock = lockDataDir(options.dataDir)
  const db = openForWriting(options.dataDir)
  const writer = createWriter(db)
  const procedures = writerProcedures(db, writer, options)
  const queue: Extract<WriterRequest, { kind: 'store' }>[] = []
  let settling: NodeJS.Timeout | null = null

  function take(request: WriterRequest): void {
    if (request.kind === 'store') {
      queue.push(request)
      return
    }
    storeQueued()
    if (request.kind === 'call') reply({ kind: 'called', id: request.id, result: call(request.name, request.params) })
    else close()
  }

  function call(name: string, params: unknown): Result<unknown> {
    try {
      const procedure = procedures[name]
      if (procedure === undefined) throw new ProcedureError('unknown_procedure', `no procedure ${name}`)
      const value = procedure(params)
      settleSoon()
      return { ok: true, value }
    } catch (error) {
      const code = error instanceof ProcedureError ? error.code : 'internal'
      return { ok: false, error: { code, message: error instanceof Error ? error.message : String(error) } }
    }
  }

  /** Everything that waits, in transactions of bounded size, each acknowledged when it is committed. */
  function storeQueued(): void {
    while (queue.length > 0) {
      let bytes = 0
      let count = 0
      while (count < queue.length && (count === 0 || bytes < mostBytes)) bytes += queue[count++]?.bytes.length ?? 0
      const group = queue.splice(0, count)
      const bodies: readonly Incoming[] = group
      const stored = writer.store(bodies)
      group.forEach(({ id }, i) => {
        const answer = stored[i]
        if (answer !== undefined) reply({ kind: 'stored', id, stored: answer })
      })
      settleSoon()
    }
  }

  function settleSoon(): void {
    settling ??= setTimeout(() => {
      settling = null
      if (!writer.settle(settleBudgetMs)) settleSoon()
      reply({ kind: 'settled' })
    }, settleEveryMs)
  }

  function close(): void {
    if (settling !== null) clearTimeout(settling)
    while (!writer.settle(1000));
    db.close()
    lock.release()
    reply({ kind: 'closed' })
    port?.close()
  }

  port.on('message', (request: WriterRequest) => {
    take(request)
    // Bodies that arrived during the last transaction share the next one.
    for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port))
      take(more.message as WriterRequest)
    storeQueued()
  })
  settleSoon()
  reply({ kind: 'ready' })
}
