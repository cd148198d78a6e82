import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { scanBodies } from '../queries/body-scan.ts'
import { openForReading } from './database.ts'
import type { SearchReply, SearchRequest, WorkerOptions } from './messages.ts'

const port = parentPort
if (port === null) throw new Error('the search runs as a worker')
const db = openForReading((workerData as WorkerOptions).dataDir)

/** Takes its share of the bodies of each search. What is thrown here ends the thread, and the reader does its work. */
port.on('message', (request: SearchRequest) => {
  if (request.kind === 'ping') return port.postMessage({ kind: 'pong' })
  const { id, job } = request
  void scanBodies(db, job, setImmediate).then((found) => {
    port.postMessage({ id, found } satisfies SearchReply)
  })
})
port.postMessage({ kind: 'ready' })
