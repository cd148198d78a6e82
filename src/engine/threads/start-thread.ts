import { Worker } from 'node:worker_threads'
import type { PartName } from '../../contract/troubles.ts'
import type { Start } from './keep-running.ts'
import { partFile } from './parts.ts'

/**
 * Records pass through and die young; a large nursery would only keep them resident. What wants more than 2 GiB of objects ends alone
 * instead of taking the machine's memory.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 2048 }

/** `data` is asked for at each start. */
export function threadOf(part: Exclude<PartName, 'console'>, data: () => unknown): Start {
  return (told) => {
    const worker = new Worker(partFile(part), { workerData: data(), name: `colophon ${part}`, resourceLimits })
    let cause: string | null = null
    worker.on('message', told.message)
    worker.on('error', (error) => {
      cause = wordsOf(error)
    })
    worker.on('exit', (code) => {
      told.ended(cause ?? `its thread ended with code ${String(code)}`)
    })
    return {
      post: (message, transfer = []) => {
        worker.postMessage(message, transfer)
      },
      kill: async () => {
        await worker.terminate()
      },
    }
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it ran out of memory' : error.message
}
