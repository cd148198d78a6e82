import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import type { Integrity } from './engine.ts'
import type { WorkerOptions } from './store/messages.ts'
import { startWorker } from './worker-client.ts'

export interface IntegrityCheck {
  readonly found: Promise<Integrity>
  /** The engine stops cleanly. A check that was not finished, or found damage, is made again at the next start. */
  close(): Promise<void>
}

/**
 * Marks the folder as in use. Where the mark of an earlier engine is still there, that one did not stop cleanly, and the database
 * is checked on a thread and a connection of its own. The caller holds the folder's lock, so that no other engine runs.
 */
export function checkAfterUncleanStop(options: WorkerOptions): IntegrityCheck {
  const mark = join(options.dataDir, 'running')
  const wasUnclean = existsSync(mark)
  writeFileSync(mark, `${String(process.pid)}\n`, { mode: 0o600 })
  const worker = wasUnclean ? startWorker('check', options) : null
  let isGood = worker === null
  const found = worker === null ? Promise.resolve<Integrity>({ kind: 'clean' }) : answerOf(worker)
  void found.then(({ kind }) => {
    isGood ||= kind === 'sound'
  })
  return {
    found,
    async close() {
      await worker?.terminate()
      if (isGood) rmSync(mark, { force: true })
    },
  }
}

function answerOf(worker: Worker): Promise<Integrity> {
  return new Promise((resolve) => {
    worker.on('message', (problems: readonly string[]) => {
      resolve(problems.length === 0 ? { kind: 'sound' } : { kind: 'damaged', problems })
    })
    worker.on('error', (error) => {
      resolve({ kind: 'damaged', problems: [error instanceof Error ? error.message : String(error)] })
    })
    worker.on('exit', () => {
      resolve({ kind: 'not-checked' })
    })
  })
}
