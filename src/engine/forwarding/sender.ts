import type { Destination } from '../../model/forwarding/destination.ts'
import { parseEndpoint } from '../../model/forwarding/endpoint.ts'
import { defaultBackoff, type Backoff } from '../../model/forwarding/retry.ts'
import type { Signal } from '../../model/signal.ts'
import type { Db } from '../store/database.ts'
import type { Connection } from './answer.ts'
import type { Progress } from './cursors.ts'
import { lostValue, readDestinations } from './destinations.ts'
import type { LiveLane } from './figures.ts'
import { grpcConnection } from './grpc-connection.ts'
import { httpConnection } from './http-connection.ts'
import { startLane, type Lane } from './lane.ts'
import { isOwnReceiver, ownAddressMessage, type OwnReceivers } from './own-address.ts'
import { queueReader } from './read-queue.ts'

export interface SenderGiven {
  readonly db: Db
  readonly own: OwnReceivers
  readonly advance: (progress: Progress) => Promise<boolean>
  readonly report: (live: LiveLane) => void
  readonly backoff?: Backoff
}

export interface Sender {
  /** Rows may have come. */
  wake(): void
  /** Takes up the destinations as they are now. */
  reload(): void
  /** Lets what is under way be answered for a while, so that it is not sent again at the next start. */
  close(graceMs: number): Promise<void>
}

/** A lane for each destination and signal. */
export function startSender({ db, own, advance, report, backoff = defaultBackoff }: SenderGiven): Sender {
  const queue = queueReader(db)
  const lanes = new Map<string, Lane>()
  const connect = (destination: Destination, signal: Signal): Promise<Connection> => connectTo(destination, signal, own)

  function reload(): void {
    const left = new Map(lanes)
    for (const destination of readDestinations(db)) {
      if (!destination.enabled) continue
      for (const signal of destination.signals) {
        const key = `${destination.id}/${signal}`
        left.delete(key)
        const running = lanes.get(key)
        if (running !== undefined) running.change(destination)
        else {
          const given = { signal, next: queue.next, advance, connect, report, backoff }
          lanes.set(key, startLane(destination, queue.done(destination.id, signal), given))
        }
      }
    }
    for (const [key, lane] of left) {
      lanes.delete(key)
      void lane.stop(0)
    }
  }

  reload()
  return {
    wake() {
      for (const lane of lanes.values()) lane.wake()
    },
    reload,
    async close(graceMs) {
      await Promise.all([...lanes.values()].map((lane) => lane.stop(graceMs)))
    },
  }
}

/** Looks where the name leads each time: after a start on another port, or a change of names, it may be this Colophon. */
export async function connectTo(destination: Destination, signal: Signal, own: OwnReceivers): Promise<Connection> {
  const endpoint = parseEndpoint(destination.url)
  if (endpoint !== null && (await isOwnReceiver(endpoint, own))) throw new Error(ownAddressMessage)
  const lost = destination.headers.find(({ value }) => value === lostValue)
  if (lost !== undefined) throw new Error(`the value of the header ${lost.name} is missing: enter it again`)
  return destination.protocol === 'grpc' ? grpcConnection(destination, signal) : httpConnection(destination, signal)
}
