import { onTestFinished } from 'vitest'
import { startGrpcReceiver } from '../../../src/engine/receivers/grpc.ts'
import { startHttpReceiver } from '../../../src/engine/receivers/http.ts'
import type { Accepted, ReceivedBody, Receiver, ReceiverOptions } from '../../../src/engine/receivers/received-body.ts'
import { defaultTiming, type Timing } from '../../../src/engine/receivers/timing.ts'

export const MiB = 1024 * 1024
export const stored: Accepted = { kind: 'stored', records: 1, rejected: 0, message: '' }

export interface UnderTest extends Receiver {
  readonly port: number
  /** What reached `accept`, in order. */
  readonly bodies: ReceivedBody[]
  /** What `refused` was told, as `signal transport: message`, but for what `accept` answered. */
  readonly refusals: string[]
}

export interface Given extends Partial<ReceiverOptions> {
  /** What `accept` answers. */
  readonly accepted?: Accepted
  readonly timing?: Partial<Timing>
}

export function http(given: Given = {}): Promise<UnderTest> {
  return start(startHttpReceiver, given)
}

export function grpc(given: Given = {}): Promise<UnderTest> {
  return start(startGrpcReceiver, given)
}

async function start(
  receiver: (options: ReceiverOptions, timing: Timing) => Promise<Receiver>,
  { accepted = stored, timing, ...options }: Given,
): Promise<UnderTest> {
  const bodies: ReceivedBody[] = []
  const refusals: string[] = []
  const running = await receiver(
    {
      host: '127.0.0.1',
      port: 0,
      maxBytes: 64 * MiB,
      allowedHosts: [],
      allowedOrigins: [],
      accept: (body) => {
        bodies.push(body)
        return Promise.resolve(accepted)
      },
      instance: 'a-receiver',
      refused: ({ signal, transport, message, reachedStore }) => {
        if (!reachedStore) refusals.push(`${String(signal)} ${transport}: ${message}`)
      },
      ...options,
    },
    { ...defaultTiming, closeMs: 300, ...timing },
  )
  onTestFinished(() => running.close())
  return { ...running, port: Number(running.address.split(':').at(-1)), bodies, refusals }
}

/** A promise and its resolver, for an `accept` that a test answers when it likes. */
export function pending<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** A gzip of one member again and again, which inflates to all of them in turn (RFC 1952, 2.2). */
export function* gzipMembers(member: Buffer, times: number): Generator<Buffer> {
  for (let made = 0; made < times; made++) yield member
}

/** What the resident memory grew by while `run` ran, at its highest, in bytes. */
export async function memoryGrowth(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss()
  let highest = before
  const look = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss())
  }, 5)
  await run().finally(() => {
    clearInterval(look)
  })
  return Math.max(highest, process.memoryUsage.rss()) - before
}
