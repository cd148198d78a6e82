import { parentPort, workerData } from 'node:worker_threads'
import { takeBody, type SearchJob } from '../../src/engine/queries/search-job.ts'
import { free } from '../../src/engine/store/body-unpacker.ts'
import { decompress } from '../../src/engine/store/compression.ts'
import { openForReading } from '../../src/engine/store/database.ts'

/** Unpacks bodies with Node's own call, and looks into none. */
const db = openForReading(workerData as string)
const select = db.prepare<[number], { codec: number; size: number; bytes: Buffer }>(
  'SELECT codec, size, bytes FROM body WHERE id = ?',
)
parentPort?.on('message', (job: SearchJob) => {
  for (let taken = takeBody(job); taken !== null; taken = takeBody(job)) {
    const row = select.get(taken.id)
    if (row === undefined) continue
    free(decompress(row.codec, row.bytes, row.size))
  }
  parentPort?.postMessage('done')
})
parentPort?.postMessage('ready')
