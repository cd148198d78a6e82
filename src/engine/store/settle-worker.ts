import { parentPort, workerData } from 'node:worker_threads'
import { openForReading } from './database.ts'
import { derivers } from './derivations.ts'
import type { SettleReply, SettleRequest, WorkerOptions } from './messages.ts'
import { recordWrites } from './recorded-writes.ts'

const port = parentPort
if (port === null) throw new Error('the settler runs as a worker')
const reply = (message: SettleReply, transfer: readonly ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer)
}

const db = openForReading((workerData as WorkerOptions).dataDir)
let pieces: Uint8Array[] = []

/** Reads a session as it is at one moment, and keeps what is to be written of it until the writer asks for it. */
function derive({ id, what, sessionId }: Extract<SettleRequest, { kind: 'derive' }>): void {
  try {
    pieces = recordWrites(db, (recorder) => {
      derivers[what](recorder)(sessionId)
    }).reverse()
    reply({ kind: 'derived', id, error: null })
  } catch (error) {
    reply({ kind: 'derived', id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

port.on('message', (request: SettleRequest) => {
  if (request.kind === 'ping') return reply({ kind: 'pong' })
  if (request.kind === 'derive') return derive(request)
  const piece = pieces.pop()
  reply(
    { kind: 'piece', id: request.id, piece: piece ?? null },
    piece === undefined ? [] : [piece.buffer as ArrayBuffer],
  )
})
reply({ kind: 'ready' })
