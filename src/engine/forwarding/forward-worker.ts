import { parentPort, workerData } from 'node:worker_threads'
import { ProcedureError, type Result } from '../../contract/result.ts'
import type { DestinationDraft, ForwardTest } from '../../contract/forwarding.ts'
import { openForReading } from '../store/database.ts'
import { completed, readDestinations } from './destinations.ts'
import type { ForwardReply, ForwardRequest, ForwardWorkerOptions } from './messages.ts'
import { probe } from './probe.ts'
import { startSender } from './sender.ts'

/** For answers that are under way when Colophon ends. */
const graceMs = 2000

const port = parentPort
if (port === null) throw new Error('the sender runs as a worker')
const reply = (message: ForwardReply): void => {
  port.postMessage(message)
}

const { dataDir, own, sends } = workerData as ForwardWorkerOptions
const db = openForReading(dataDir)
const waiting = new Map<number, (ok: boolean) => void>()
let nextId = 1

const sender = sends
  ? startSender({
      db,
      own,
      report: (live) => {
        reply({ kind: 'live', live })
      },
      advance: (progress) =>
        new Promise((done) => {
          const of = nextId++
          waiting.set(of, done)
          reply({ kind: 'advance', of, progress })
        }),
    })
  : null

async function test(draft: DestinationDraft): Promise<Result<ForwardTest>> {
  try {
    return { ok: true, value: await probe(completed(draft, readDestinations(db)), own) }
  } catch (error) {
    const code = error instanceof ProcedureError ? error.code : 'internal'
    return { ok: false, error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}

async function close(id: number): Promise<void> {
  await sender?.close(graceMs)
  db.close()
  reply({ kind: 'closed', id })
  port?.close()
}

port.on('message', (request: ForwardRequest) => {
  switch (request.kind) {
    case 'wake':
      sender?.wake()
      return
    case 'reload':
      sender?.reload()
      return
    case 'advanced':
      waiting.get(request.of)?.(request.ok)
      waiting.delete(request.of)
      return
    case 'test':
      void test(request.draft).then((result) => {
        reply({ kind: 'tested', id: request.id, result })
      })
      return
    case 'close':
      void close(request.id)
      return
    case 'ping':
      reply({ kind: 'pong' })
  }
})
reply({ kind: 'ready' })
