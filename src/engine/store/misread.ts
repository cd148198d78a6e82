import type { Signal } from '../../model/signal.ts'
import type { Db } from './database.ts'
import { signalNumbers } from './signal-numbers.ts'

/** What was not understood of a record, as a value that was meant to be a count and is none: Health says so. */
export interface Misread {
  readonly client: number
  readonly signal: Signal
  /** Of the event, span or metric. */
  readonly name: string
  /** Of the attribute, or words for what it was; '' where it is the record's own value. */
  readonly key: string
  readonly atNs: bigint
}

/** Counts them by where they came from; the caller holds the transaction. */
export function misreadWriter(db: Db): (misread: Misread) => void {
  const add = db.prepare(
    `INSERT INTO misread (client, signal, name, key, records, last_ns) VALUES (@client, @signal, @name, @key, 1, @atNs)
     ON CONFLICT DO UPDATE SET records = records + 1, last_ns = max(last_ns, excluded.last_ns)`,
  )
  return (misread) => {
    add.run({ ...misread, signal: signalNumbers[misread.signal] })
  }
}
