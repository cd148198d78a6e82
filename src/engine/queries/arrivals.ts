import type { Signal } from '../../model/signal.ts'
import { signalNumbers } from '../store/signal-numbers.ts'
import type { Db } from '../store/database.ts'

export interface Arrival {
  readonly signal: Signal
  /** When the last request came that was received here; null: none has. */
  readonly lastMs: number | null
}

/** Which signals have arrived, and when last: what an importer or the sample brought does not count. */
export function arrivals(db: Db): Arrival[] {
  const last = db
    .prepare<[number], number>(
      'SELECT received_ms FROM body WHERE signal = ? AND origin = 1 ORDER BY received_ms DESC LIMIT 1',
    )
    .pluck()
  return (Object.entries(signalNumbers) as [Signal, number][]).map(([signal, number]) => ({
    signal,
    lastMs: last.get(number) ?? null,
  }))
}
