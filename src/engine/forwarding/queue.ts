import type { DestinationDraft, DestinationShown, ForwardBound } from '../../contract/forwarding.ts'
import { signal as signals, type Signal } from '../../model/signal.ts'
import { compress } from '../store/compression.ts'
import type { Db } from '../store/database.ts'
import { signalNumbers } from '../store/signal-numbers.ts'
import { cursorTable, type Lane, type Progress } from './cursors.ts'
import { completed, readBound, readDestinations, shown, writeBound, writeDestination } from './destinations.ts'
import { forgetHeaderValues, moveHeaderValuesOut } from './header-values.ts'

export interface ToForward {
  readonly signal: Signal
  readonly encoding: 'protobuf' | 'json'
  readonly received: Uint8Array
  /** The stored body, and its bytes before compression; null where none was stored. */
  readonly body: number | null
  readonly stored: Uint8Array
  readonly records: number
  readonly receivedMs: number
}

/** The spool, on the writer's thread. The stored body is the spool: a row of the queue points at it. */
export interface ForwardQueue {
  /** Inside the transaction that stores the body. */
  add(body: ToForward): void
  /** Must follow the rollback of a transaction: what is kept in memory is read again. */
  reload(): void
  save(draft: DestinationDraft): DestinationShown
  remove(id: string): void
  setBound(bound: ForwardBound): void
  /** What an answer says of one row. */
  advance(progress: Progress): void
  /** Drops what is older than the bound. */
  trim(nowMs: number): void
}

interface Row {
  seq: number
  signal: number
  records: number
  size: number
  received_ms: number
}

export function createForwardQueue(db: Db): ForwardQueue {
  moveHeaderValuesOut(db)
  const cursors = cursorTable(db)
  const spool = db.prepare<[], { bytes: number; last: number }>(
    `SELECT (SELECT coalesce(sum(size), 0) FROM forward_queue) AS bytes,
            max((SELECT coalesce(max(seq), 0) FROM forward_queue), (SELECT coalesce(max(seq), 0) FROM forward_cursor)) AS last`,
  )
  const addStored = db
    .prepare<unknown[], number>(
      `INSERT INTO forward_queue (seq, signal, body, received_ms, records, size)
       SELECT ?, ?, id, ?, ?, length(bytes) FROM body WHERE id = ? RETURNING size`,
    )
    .pluck()
  const addOwn = db.prepare(
    'INSERT INTO forward_queue (seq, signal, body, received_ms, records, size) VALUES (?, ?, NULL, ?, ?, ?)',
  )
  const addOriginal = db.prepare('INSERT INTO forward_original (seq, json, codec, bytes) VALUES (?, ?, ?, ?)')
  const oldest = db.prepare<[], Row>(
    'SELECT seq, signal, records, size, received_ms FROM forward_queue ORDER BY seq LIMIT 1',
  )
  const remove = db.prepare('DELETE FROM forward_queue WHERE seq = ?')
  const removeUpTo = db
    .prepare<[number, number], number>('DELETE FROM forward_queue WHERE signal = ? AND seq <= ? RETURNING size')
    .pluck()

  let lanes: readonly Lane[] = []
  let bound: ForwardBound
  let bytes = 0
  let last = 0

  function reload(): void {
    lanes = cursors.read(readDestinations(db))
    bound = readBound(db)
    const found = spool.get()
    bytes = found?.bytes ?? 0
    last = found?.last ?? 0
  }

  /** Procedures run outside a transaction. */
  function inTransaction<T>(change: () => T): T {
    try {
      return db.transaction(change).immediate()
    } catch (error) {
      reload()
      throw error
    }
  }

  /** The oldest rows go first, whoever they wait for: what a destination has already is no loss to it. */
  function drop(isOver: (row: Row) => boolean): void {
    for (let row = oldest.get(); row !== undefined && isOver(row); row = oldest.get()) {
      for (const lane of lanes) if (lane.signal === row.signal && lane.seq < row.seq) cursors.drop(lane, row)
      remove.run(row.seq)
      bytes -= row.size
    }
  }

  function dropOverBound(): void {
    drop(() => bytes > bound.maxBytes)
  }

  /** Forgets what every destination has. */
  function release(signal: number): void {
    const wanted = lanes.filter((lane) => lane.signal === signal).map(({ seq }) => seq)
    for (const size of removeUpTo.all(signal, Math.min(last, ...wanted))) bytes -= size
  }

  function changeDestinations(change: () => void): void {
    inTransaction(() => {
      change()
      lanes = cursors.follow(readDestinations(db), lanes, last)
      for (const signal of signals.options) release(signalNumbers[signal])
    })
  }

  reload()
  return {
    add({ signal, encoding, received, body, stored, records, receivedMs }) {
      const number = signalNumbers[signal]
      if (received.length === 0 || !lanes.some((lane) => lane.signal === number)) return
      const seq = last + 1
      const isStored = body !== null && encoding === 'protobuf' && isSame(received, stored)
      if (isStored) bytes += addStored.get(seq, number, receivedMs, records, body) ?? 0
      else {
        const packed = compress(received)
        addOwn.run(seq, number, receivedMs, records, packed.bytes.length)
        addOriginal.run(seq, encoding === 'json' ? 1 : 0, packed.codec, packed.bytes)
        bytes += packed.bytes.length
      }
      last = seq
      dropOverBound()
    },
    reload,
    save(draft) {
      const destination = completed(draft, readDestinations(db))
      writeDestination(db, destination, changeDestinations)
      return shown(destination)
    },
    remove(id) {
      changeDestinations(() => {
        db.prepare('DELETE FROM forward_destination WHERE id = ?').run(id)
      })
      forgetHeaderValues(db, id)
    },
    setBound(wanted) {
      inTransaction(() => {
        writeBound(db, wanted)
        bound = wanted
        dropOverBound()
      })
    },
    advance(progress) {
      const lane = lanes.find(
        ({ destination, signal }) => destination === progress.destination && signal === signalNumbers[progress.signal],
      )
      // Removed or switched off meanwhile.
      if (lane === undefined) return
      inTransaction(() => {
        cursors.advance(lane, progress)
        release(lane.signal)
      })
    },
    trim(nowMs) {
      const since = nowMs - bound.maxAgeHours * 3_600_000
      if (lanes.length === 0) return
      inTransaction(() => {
        drop((row) => row.received_ms < since)
      })
    },
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return (a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length) || Buffer.compare(a, b) === 0
}
