import type { ForwardList, ForwardState } from '../../contract/forwarding.ts'
import type { Value } from '../../contract/index.ts'
import type { Result } from '../../contract/result.ts'
import { parseEndpoint } from '../../model/forwarding/endpoint.ts'
import type { Changes } from '../changes.ts'
import type { Handler, Handlers } from '../dispatch.ts'
import { followAnswer } from '../follow-answer.ts'
import type { Watch } from '../threads/keep-running.ts'
import type { ReaderClient, WriterClient } from '../worker-client.ts'
import { withLive, type LiveLane } from './figures.ts'
import { isOwnReceiver, ownAddressMessage, type OwnReceivers } from './own-address.ts'
import { startSenderWorker, type SenderClient } from './worker-client.ts'

/** Rows that arrive close together wake the sender once. */
const wakeAfterMs = 20
/** How often the age of what waits is looked at; a bound on bytes is held with each body. */
const trimEveryMs = 60_000

type ForwardHandlers = Pick<
  Handlers,
  'forward.list' | 'forward.save' | 'forward.remove' | 'forward.bound' | 'forward.test' | 'forward.state'
>

export interface Forwarding {
  /** A body was stored. */
  stored(): void
  readonly handlers: ForwardHandlers
  /** Waits a little for answers that are under way; the writer must still be there. */
  close(): Promise<void>
}

export interface ForwardingGiven {
  readonly dataDir: string
  readonly own: OwnReceivers
  readonly writer: Pick<WriterClient, 'call'>
  readonly reader: Pick<ReaderClient, 'call'>
  readonly changes: Changes
  readonly watch: Watch
}

/** Sends what the writer queues. A thread of its own runs while there is a destination that is switched on. */
export function startForwarding({ dataDir, own, writer, reader, changes, watch }: ForwardingGiven): Forwarding {
  const live = new Map<string, LiveLane>()
  let sender: SenderClient | null = null
  let waking: NodeJS.Timeout | null = null

  function start(sends: boolean): SenderClient {
    return startSenderWorker(
      { dataDir, own, sends },
      {
        live: (lane) => {
          live.set(`${lane.destination}/${lane.signal}`, lane)
          changes.note('forwarding')
        },
        advance: async (progress) => (await writer.call('forward.advance', progress)).ok,
        died: () => {
          if (!sends) return
          live.clear()
          changes.note('forwarding')
        },
        watch,
      },
    )
  }

  /** Starts, tells or ends the sender, as the destinations ask. */
  async function follow({ destinations }: ForwardList): Promise<void> {
    const isWanted = destinations.some(({ enabled }) => enabled)
    if (isWanted && sender !== null) sender.tell({ kind: 'reload' })
    else if (isWanted) sender = start(true)
    else if (sender !== null) {
      const ending = sender
      sender = null
      live.clear()
      await ending.close()
    }
  }

  const following = followAnswer(async () => (await reader.call('forward.list', {})) as Result<ForwardList>, follow)

  async function write<N extends 'forward.save' | 'forward.remove' | 'forward.bound'>(
    name: N,
    params: unknown,
  ): Promise<Result<Value<N>>> {
    const result = (await writer.call(name, params)) as Result<Value<N>>
    if (result.ok) await following.look()
    changes.note('forwarding')
    return result
  }

  const read =
    <N extends 'forward.list'>(name: N): Handler<N> =>
    async (params) =>
      (await reader.call(name, params)) as Result<Value<N>>

  const trimming = setInterval(() => void writer.call('forward.trim', { nowMs: Date.now() }), trimEveryMs)
  // The reader begins with this question: what is received goes before it, and is queued by the writer.
  void following.look()

  return {
    stored() {
      if (sender === null || waking !== null) return
      waking = setTimeout(() => {
        waking = null
        sender?.tell({ kind: 'wake' })
        changes.note('forwarding')
      }, wakeAfterMs)
    },
    handlers: {
      'forward.list': read('forward.list'),
      'forward.save': async (draft) => {
        const endpoint = parseEndpoint(draft.url)
        if (endpoint !== null && (await isOwnReceiver(endpoint, own)))
          return { ok: false, error: { code: 'bad_request', message: `url: ${ownAddressMessage}` } }
        return write('forward.save', draft)
      },
      'forward.remove': (params) => write('forward.remove', params),
      'forward.bound': (params) => write('forward.bound', params),
      'forward.test': async (draft) => {
        if (sender !== null) return sender.test(draft)
        const once = start(false)
        const result = await once.test(draft)
        await once.close()
        return result
      },
      'forward.state': async () => {
        const figures = (await reader.call('forward.figures', {})) as Result<ForwardState>
        return figures.ok ? { ok: true, value: withLive(figures.value, [...live.values()]) } : figures
      },
    },
    async close() {
      following.stop()
      clearInterval(trimming)
      if (waking !== null) clearTimeout(waking)
      await sender?.close()
    },
  }
}
