import type { Signal } from '../../model/signal.ts'
import type { Db } from '../store/database.ts'
import { origins } from '../store/origins.ts'
import { signalsByNumber } from '../store/signal-numbers.ts'

export interface Arrival {
  readonly signal: Signal
  /** When the last request came that was received here; null: none has. */
  readonly lastMs: number | null
}

/** Which signals have arrived, and when last: what an importer or the sample brought does not count. */
export function arrivals(db: Db): Arrival[] {
  const last = db
    .prepare<[number], number>(
      `SELECT received_ms FROM body WHERE signal = ? AND origin = ${origins.received} ORDER BY received_ms DESC LIMIT 1`,
    )
    .pluck()
  return [...signalsByNumber].map(([number, signal]) => ({
    signal,
    lastMs: last.get(number) ?? null,
  }))
}
