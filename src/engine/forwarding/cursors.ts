import { signal as signals, type Signal } from '../../model/signal.ts'
import type { Destination } from '../../model/forwarding/destination.ts'
import type { Db } from '../store/database.ts'
import { signalNumbers } from '../store/signal-numbers.ts'

/** A destination that is switched on, and one signal that it wants. */
export interface Lane {
  readonly destination: string
  readonly signal: number
  /** Everything up to it is done with. */
  seq: number
}

/** What became of one row of the queue. */
export interface Progress {
  readonly destination: string
  readonly signal: Signal
  readonly seq: number
  readonly records: number
  readonly size: number
  readonly atMs: number
  /** `gone`: the body is not there any more, or cannot be read. */
  readonly outcome: 'sent' | 'refused' | 'gone'
  /** Records that the endpoint refused; of a body that it refused whole, all of them. */
  readonly refused: number
  readonly message: string
}

interface Dropped {
  readonly seq: number
  readonly records: number
  readonly size: number
  readonly received_ms: number
}

export interface CursorTable {
  read(destinations: readonly Destination[]): readonly Lane[]
  /** The lanes of changed destinations. A new one starts behind what is there; what waited for one that ended is dropped. */
  follow(destinations: readonly Destination[], before: readonly Lane[], last: number): readonly Lane[]
  drop(lane: Lane, row: Dropped): void
  advance(lane: Lane, progress: Progress): void
}

export function cursorTable(db: Db): CursorTable {
  const find = db
    .prepare<[string, number], number>('SELECT seq FROM forward_cursor WHERE destination = ? AND signal = ?')
    .pluck()
  const start = db.prepare(
    `INSERT INTO forward_cursor (destination, signal, seq, sent, sent_requests, refused, dropped, dropped_bytes)
     VALUES (?, ?, ?, 0, 0, 0, 0, 0) ON CONFLICT DO UPDATE SET seq = excluded.seq`,
  )
  const addDropped = db.prepare(
    `UPDATE forward_cursor SET seq = @seq, dropped = dropped + @records, dropped_bytes = dropped_bytes + @size,
       dropped_from_ms = min(coalesce(dropped_from_ms, @from), @from), dropped_to_ms = max(coalesce(dropped_to_ms, @to), @to)
     WHERE destination = @destination AND signal = @signal`,
  )
  const remaining = db.prepare<
    [number, number],
    { records: number | null; size: number | null; from: number | null; to: number | null }
  >(
    `SELECT sum(records) AS records, sum(size) AS size, min(received_ms) AS "from", max(received_ms) AS "to"
     FROM forward_queue WHERE signal = ? AND seq > ?`,
  )
  // A body that was dropped while it was under way, and arrived after all, is not lost.
  const takeBack = db.prepare(
    `UPDATE forward_cursor SET dropped = dropped - @records, dropped_bytes = dropped_bytes - @size
     WHERE destination = @destination AND signal = @signal`,
  )
  const move = db.prepare(
    `UPDATE forward_cursor SET seq = @seq, sent = sent + @sent, sent_requests = sent_requests + @requests,
       sent_ms = coalesce(@sentMs, sent_ms), refused = refused + @refused, refused_ms = coalesce(@refusedMs, refused_ms),
       refusal = coalesce(@refusal, refusal), dropped = dropped + @gone
     WHERE destination = @destination AND signal = @signal`,
  )
  const removeOthers = db.prepare(
    'DELETE FROM forward_cursor WHERE destination NOT IN (SELECT id FROM forward_destination)',
  )

  function end({ destination, signal, seq }: Lane, last: number): void {
    const { records, size, from, to } = remaining.get(signal, seq) ?? {}
    if (from !== null && from !== undefined) addDropped.run({ destination, signal, seq: last, records, size, from, to })
  }

  return {
    read: (destinations) =>
      lanesOf(destinations).map(({ destination, signal }) => ({
        destination,
        signal,
        seq: find.get(destination, signal) ?? 0,
      })),
    follow(destinations, before, last) {
      const wanted = lanesOf(destinations)
      const same = (a: Omit<Lane, 'seq'>) => (b: Omit<Lane, 'seq'>) =>
        a.destination === b.destination && a.signal === b.signal
      for (const lane of before) if (!wanted.some(same(lane))) end(lane, last)
      removeOthers.run()
      return wanted.map((lane) => {
        const known = before.find(same(lane))
        if (known !== undefined) return known
        start.run(lane.destination, lane.signal, last)
        return { ...lane, seq: last }
      })
    },
    drop(lane, { seq, records, size, received_ms: at }) {
      const { destination, signal } = lane
      addDropped.run({ destination, signal, seq, records, size, from: at, to: at })
      lane.seq = seq
    },
    advance(lane, { seq, records, size, atMs, outcome, refused, message }) {
      const { destination, signal } = lane
      if (seq <= lane.seq) takeBack.run({ destination, signal, records, size })
      const isSent = outcome === 'sent'
      const isRefused = refused > 0
      const to = Math.max(seq, lane.seq)
      move.run({
        destination,
        signal,
        seq: to,
        sent: isSent ? records - refused : 0,
        requests: isSent ? 1 : 0,
        sentMs: isSent ? atMs : null,
        refused,
        refusedMs: isRefused ? atMs : null,
        refusal: message === '' ? null : message,
        gone: outcome === 'gone' ? records : 0,
      })
      lane.seq = to
    },
  }
}

function lanesOf(destinations: readonly Destination[]): Omit<Lane, 'seq'>[] {
  return destinations
    .filter(({ enabled }) => enabled)
    .flatMap(({ id, signals: wanted }) =>
      signals.options
        .filter((signal) => wanted.includes(signal))
        .map((signal) => ({ destination: id, signal: signalNumbers[signal] })),
    )
}
