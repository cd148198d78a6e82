import { parentPort, workerData } from 'node:worker_threads'
import { openForReading } from './database.ts'
import type { WorkerOptions } from './messages.ts'

/** More of them say nothing more. */
const mostProblems = 20

export interface CheckReply {
  readonly id: number
  readonly problems: readonly string[]
}

/** Looks at the database when it is asked to, on a connection of its own. */
parentPort?.on('message', (request: { readonly kind: 'check'; readonly id: number }) => {
  parentPort?.postMessage({ id: request.id, problems: problemsOf() } satisfies CheckReply)
})
parentPort?.postMessage({ kind: 'ready' })

/** What SQLite throws says that the file is damaged, as well. */
function problemsOf(): readonly string[] {
  try {
    const db = openForReading((workerData as WorkerOptions).dataDir)
    // Reads every page, but leaves out the comparison of indexes with their tables that makes integrity_check several times as slow.
    const found = db.pragma(`quick_check(${String(mostProblems)})`) as readonly { readonly quick_check: string }[]
    db.close()
    return found.map((row) => row.quick_check).filter((words) => words !== 'ok')
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
