import { Worker } from 'node:worker_threads'
import type { DestinationDraft, ForwardTest } from '../../contract/forwarding.ts'
import type { Result } from '../../contract/result.ts'
import type { Progress } from './cursors.ts'
import type { LiveLane } from './figures.ts'
import type { ForwardReply, ForwardRequest, ForwardWorkerOptions } from './messages.ts'

export interface SenderClient {
  tell(request: Extract<ForwardRequest, { kind: 'wake' | 'reload' }>): void
  test(draft: DestinationDraft): Promise<Result<ForwardTest>>
  close(): Promise<void>
}

export interface SenderEvents {
  readonly live: (live: LiveLane) => void
  readonly advance: (progress: Progress) => Promise<boolean>
  /** It ended without being told to. */
  readonly died: (message: string) => void
}

/** The thread that sends: a slow endpoint, TLS and compression keep nobody else waiting. */
export function startSenderWorker(options: ForwardWorkerOptions, events: SenderEvents): SenderClient {
  // In the source tree the worker's file stands here, in the bundle beside this code.
  const file = import.meta.url.endsWith('.ts') ? './forward-worker.ts' : './forward-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: options,
    name: 'colophon forwarding',
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  })
  const tests = new Map<number, (result: Result<ForwardTest>) => void>()
  let nextId = 1
  let isClosing = false
  let cause = 'the sender ended'
  const post = (request: ForwardRequest): void => {
    worker.postMessage(request)
  }

  const ended = new Promise<void>((resolve) => {
    worker.on('error', (error) => {
      cause = error instanceof Error ? error.message : String(error)
    })
    worker.on('exit', () => {
      for (const answer of tests.values()) answer({ ok: false, error: { code: 'unavailable', message: cause } })
      tests.clear()
      resolve()
      if (!isClosing) events.died(cause)
    })
  })
  worker.on('message', (reply: ForwardReply) => {
    if (reply.kind === 'live') events.live(reply.live)
    else if (reply.kind === 'advance')
      void events.advance(reply.progress).then((ok) => {
        post({ kind: 'advanced', id: reply.id, ok })
      })
    else if (reply.kind === 'tested') {
      tests.get(reply.id)?.(reply.result)
      tests.delete(reply.id)
    }
  })
  return {
    tell: post,
    test: (draft) =>
      new Promise((resolve) => {
        const id = nextId++
        tests.set(id, resolve)
        post({ kind: 'test', id, draft })
      }),
    async close() {
      isClosing = true
      post({ kind: 'close' })
      await ended
      await worker.terminate()
    },
  }
}
