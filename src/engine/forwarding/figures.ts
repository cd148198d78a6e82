import type { ForwardLane, ForwardList, ForwardState } from '../../contract/forwarding.ts'
import { signal as signals } from '../../model/signal.ts'
import type { Db } from '../store/database.ts'
import { signalNumbers } from '../store/signal-numbers.ts'
import { readBound, readDestinations, shown } from './destinations.ts'

/** What the sender alone knows of a lane. */
export type LiveLane = Pick<ForwardLane, 'destination' | 'signal' | 'state' | 'error' | 'nextTryMs'>

export function forwardList(db: Db): ForwardList {
  return { destinations: readDestinations(db).map(shown), bound: readBound(db) }
}

interface CursorRow {
  seq: number
  sent: number
  sent_requests: number
  sent_ms: number | null
  refused: number
  refused_ms: number | null
  refusal: string | null
  dropped: number
  dropped_bytes: number
  dropped_from_ms: number | null
  dropped_to_ms: number | null
}

interface Waiting {
  records: number | null
  requests: number
  size: number | null
  oldest_ms: number | null
}

/** All that the store knows; what a lane is doing now is for the sender to say. */
export function forwardFigures(db: Db): ForwardState {
  const cursor = db.prepare<[string, number], CursorRow>(
    'SELECT * FROM forward_cursor WHERE destination = ? AND signal = ?',
  )
  const behind = db.prepare<[number, number], Waiting>(
    `SELECT sum(records) AS records, count(*) AS requests, sum(size) AS size, min(received_ms) AS oldest_ms
     FROM forward_queue WHERE signal = ? AND seq > ?`,
  )
  const spoolBytes = db.prepare<[], number>('SELECT coalesce(sum(size), 0) FROM forward_queue').pluck()
  const lanes = readDestinations(db).flatMap(({ id, name, enabled, signals: wanted }) =>
    signals.options.flatMap((signal): ForwardLane[] => {
      const at = cursor.get(id, signalNumbers[signal])
      const isOn = enabled && wanted.includes(signal)
      if (!wanted.includes(signal)) return []
      const waiting = isOn && at !== undefined ? behind.get(signalNumbers[signal], at.seq) : undefined
      return [
        {
          destination: id,
          name,
          signal,
          state: isOn ? 'idle' : 'off',
          queued: waiting?.records ?? 0,
          queuedRequests: waiting?.requests ?? 0,
          queuedBytes: waiting?.size ?? 0,
          oldestMs: waiting?.oldest_ms ?? null,
          sent: at?.sent ?? 0,
          sentRequests: at?.sent_requests ?? 0,
          lastSentMs: at?.sent_ms ?? null,
          refused: at?.refused ?? 0,
          lastRefusedMs: at?.refused_ms ?? null,
          refusal: at?.refusal ?? null,
          dropped: at?.dropped ?? 0,
          droppedBytes: at?.dropped_bytes ?? 0,
          droppedFromMs: at?.dropped_from_ms ?? null,
          droppedToMs: at?.dropped_to_ms ?? null,
          error: null,
          nextTryMs: null,
        },
      ]
    }),
  )
  return { lanes, spoolBytes: spoolBytes.get() ?? 0, bound: readBound(db) }
}

export function withLive(state: ForwardState, live: readonly LiveLane[]): ForwardState {
  const lanes = state.lanes.map((lane) => {
    const now = live.find(({ destination, signal }) => destination === lane.destination && signal === lane.signal)
    return now === undefined || lane.state === 'off' ? lane : { ...lane, ...now }
  })
  return { ...state, lanes }
}
