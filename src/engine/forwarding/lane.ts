import type { Destination } from '../../model/forwarding/destination.ts'
import { backoffMs, type Backoff } from '../../model/forwarding/retry.ts'
import { scrub } from '../../model/forwarding/mask.ts'
import type { Signal } from '../../model/signal.ts'
import type { Answer, Connection, Outgoing } from './answer.ts'
import type { Progress } from './cursors.ts'
import type { LiveLane } from './figures.ts'

/** One row of the queue with what is to be sent; null where the body is not there any more. */
export interface Queued {
  readonly seq: number
  readonly records: number
  readonly size: number
  readonly body: Outgoing | null
}

export interface LaneGiven {
  readonly signal: Signal
  /** The oldest row after the one that is done with; null when there is none. */
  readonly next: (destination: Destination, signal: Signal, after: number) => Queued | null
  /** Resolves when it is committed: only then comes the next row, so that a crash repeats one request at most. */
  readonly advance: (progress: Progress) => Promise<boolean>
  /** Rejects where the endpoint must not or cannot be connected to. */
  readonly connect: (destination: Destination, signal: Signal) => Promise<Connection>
  readonly report: (live: LiveLane) => void
  readonly backoff: Backoff
}

export interface Lane {
  /** Rows may have come. */
  wake(): void
  /** What is under way goes on as it was; everything after it, a retry too, follows the change. */
  change(destination: Destination): void
  /** Waits for an answer that is under way, at most this long. */
  stop(graceMs: number): Promise<void>
}

/** Sends the queue of one signal to one destination: in order, one request at a time, until it is told to stop. */
export function startLane(first: Destination, after: number, given: LaneGiven): Lane {
  const { signal, report, backoff } = given
  let destination = first
  let connection: Connection | null = null
  let connectedTo: Destination | null = null
  let done = after
  let failures = 0
  let stopped = false
  let woken = false
  let wait: { readonly isIdle: boolean; readonly end: () => void } | null = null

  /** Until it is time, or something has changed. An idle lane ends it for new rows, one that backs off does not. */
  function pause(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        wait = null
        resolve()
      }
      const timer = ms === null ? undefined : setTimeout(end, ms)
      wait = { isIdle: ms === null, end }
      if (stopped || (ms === null && woken)) end()
    })
  }

  function tell(state: LiveLane['state'], error: string | null = null, nextTryMs: number | null = null): void {
    report({ destination: destination.id, signal, state, error, nextTryMs })
  }

  async function attempt(to: Destination, body: Outgoing): Promise<Answer> {
    try {
      if (connectedTo !== to) disconnect()
      connection ??= await given.connect(to, signal)
      connectedTo = to
      return await connection.send(body)
    } catch (error) {
      return { kind: 'retry', message: error instanceof Error ? error.message : String(error), afterMs: null }
    }
  }

  function disconnect(): void {
    connection?.close()
    connection = null
  }

  async function failed(message: string, afterMs: number | null): Promise<void> {
    failures += 1
    disconnect()
    const ms = afterMs ?? backoffMs(failures, Math.random(), backoff)
    tell(afterMs === null ? 'failing' : 'waiting', message, Date.now() + ms)
    await pause(ms)
  }

  async function settle(queued: Queued, outcome: Progress['outcome'], refused: number, message: string): Promise<void> {
    const { seq, records, size } = queued
    const progress = {
      destination: destination.id,
      signal,
      seq,
      records,
      size,
      atMs: Date.now(),
      outcome,
      refused,
      message,
    }
    // What was answered must not be sent again: it is told until it is written.
    while (!(await given.advance(progress)) && !stopped) {
      tell('failing', 'the progress could not be written', Date.now() + backoff.firstMs)
      await pause(backoff.firstMs)
    }
    done = seq
    failures = 0
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false
      const to = destination
      const queued = given.next(to, signal, done)
      if (queued === null) {
        tell('idle')
        await pause(null)
        continue
      }
      if (queued.body === null) {
        await settle(queued, 'gone', 0, '')
        continue
      }
      if (failures === 0) tell('sending')
      const answer = await attempt(to, queued.body)
      const message = shortened(scrub(answer.message, secretsOf(to)))
      if (answer.kind === 'retry') await failed(message, answer.afterMs)
      else if (answer.kind === 'refused') await settle(queued, 'refused', queued.records, message)
      else await settle(queued, 'sent', Math.min(answer.rejected, queued.records), message)
    }
  }

  const ended = run().finally(disconnect)
  return {
    wake() {
      woken = true
      if (wait?.isIdle === true) wait.end()
    },
    change(changed) {
      if (JSON.stringify(changed) === JSON.stringify(destination)) return
      destination = changed
      failures = 0
      woken = true
      wait?.end()
    },
    async stop(graceMs) {
      stopped = true
      wait?.end()
      const late = setTimeout(disconnect, graceMs)
      await ended
      clearTimeout(late)
    },
  }
}

/** An endpoint's words go into a table. */
function shortened(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}

export function secretsOf({ headers }: Destination): string[] {
  return headers.map(({ value }) => value)
}
