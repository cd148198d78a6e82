import type { DestinationDraft, ForwardTest } from '../../contract/forwarding.ts'
import { ProcedureError, type Result } from '../../contract/result.ts'
import { keepRunning, type Watch } from '../threads/keep-running.ts'
import { threadOf } from '../threads/start-thread.ts'
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
  /** It ended without being told to, and what it said of itself holds no more. */
  readonly died: () => void
  readonly watch: Watch
}

/** The thread that sends: a slow endpoint, TLS and compression keep nobody else waiting. */
export function startSenderWorker(options: ForwardWorkerOptions, events: SenderEvents): SenderClient {
  const sender = keepRunning({
    part: 'forward',
    key: options.sends ? 'forward' : 'forward test',
    start: threadOf('forward', () => options),
    watch(event) {
      if (event.kind === 'ended') events.died()
      events.watch(event)
    },
    onMessage(message) {
      const reply = message as ForwardReply
      if (reply.kind === 'live') events.live(reply.live)
      else if (reply.kind === 'advance')
        void events.advance(reply.progress).then((ok) => {
          sender.tell({ kind: 'advanced', of: reply.of, ok } satisfies ForwardRequest)
        })
    },
  })
  // Where it does not start now it does with the next question, and says why.
  sender.start().catch(() => undefined)
  return {
    tell: (request) => sender.tell(request),
    async test(draft) {
      try {
        return (await sender.ask<Extract<ForwardReply, { kind: 'tested' }>>({ kind: 'test', draft })).result
      } catch (error) {
        const code = error instanceof ProcedureError ? error.code : 'internal'
        return { ok: false, error: { code, message: error instanceof Error ? error.message : String(error) } }
      }
    },
    close: () => sender.close({ kind: 'close' }),
  }
}
