import { parentPort, workerData } from 'node:worker_threads'
import { openForReading } from './database.ts'
import type { WorkerOptions } from './messages.ts'

/** More of them say nothing more. */
const mostProblems = 20

const db = openForReading((workerData as WorkerOptions).dataDir)
// Reads every page, but leaves out the comparison of indexes with their tables that makes integrity_check several times as slow.
const found = db.pragma(`quick_check(${String(mostProblems)})`) as readonly { readonly quick_check: string }[]
db.close()
parentPort?.postMessage(found.map((row) => row.quick_check).filter((words) => words !== 'ok'))
