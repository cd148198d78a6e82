import type { WorkerOptions } from './store/messages.ts'
import { startReader, type ReaderClient } from './worker-client.ts'

/**
 * A second reader for what looks at all sessions at once, so that a heavy question of a dashboard never stands before a session's.
 * It starts with the first question: a host that only receives does without it.
 */
export function lazyReader(options: WorkerOptions): ReaderClient {
  let started: Promise<ReaderClient> | null = null
  return {
    call: async (name, params) => {
      started ??= startReader(options)
      return (await started).call(name, params)
    },
    close: async () => {
      await (await started)?.close()
    },
  }
}
