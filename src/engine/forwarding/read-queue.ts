import type { Destination } from '../../model/forwarding/destination.ts'
import type { Signal } from '../../model/signal.ts'
import { jsonToProtobuf } from '../otlp/json-to-protobuf.ts'
import { decompress } from '../store/compression.ts'
import type { Db } from '../store/database.ts'
import { signalNumbers } from '../store/signal-numbers.ts'
import type { Outgoing } from './answer.ts'
import type { Queued } from './lane.ts'

interface Row {
  seq: number
  records: number
  size: number
  json: number | null
  codec: number | null
  bytes: Buffer | null
}

export interface QueueReader {
  readonly next: (destination: Destination, signal: Signal, after: number) => Queued | null
  /** Up to which row a destination is done. */
  readonly done: (destination: string, signal: Signal) => number
}

/** The sender's own look at the queue; each call sees what was committed before it. */
export function queueReader(db: Db): QueueReader {
  const next = db.prepare<[number, number], Row>(
    `SELECT q.seq, q.records, q.size, o.json, coalesce(o.codec, b.codec) AS codec, coalesce(o.bytes, b.bytes) AS bytes
     FROM (SELECT * FROM forward_queue WHERE signal = ? AND seq > ? ORDER BY seq LIMIT 1) q
     LEFT JOIN forward_original o ON o.seq = q.seq LEFT JOIN body b ON b.id = q.body`,
  )
  const done = db
    .prepare<[string, number], number>('SELECT seq FROM forward_cursor WHERE destination = ? AND signal = ?')
    .pluck()
  return {
    next({ protocol }, signal, after) {
      const row = next.get(signalNumbers[signal], after)
      if (row === undefined) return null
      const { seq, records, size } = row
      return { seq, records, size, body: outgoing(row, signal, protocol) }
    },
    done: (destination, signal) => done.get(destination, signalNumbers[signal]) ?? 0,
  }
}

/** As received; only gRPC, which speaks nothing else, gets OTLP/JSON as protobuf. null where the body cannot be read. */
function outgoing({ json, codec, bytes }: Row, signal: Signal, protocol: Destination['protocol']): Outgoing | null {
  if (bytes === null || codec === null) return null
  try {
    const received = decompress(codec, bytes)
    if (json !== 1) return { encoding: 'protobuf', bytes: received }
    if (protocol === 'http') return { encoding: 'json', bytes: received }
    return { encoding: 'protobuf', bytes: jsonToProtobuf(signal, received) }
  } catch {
    return null
  }
}
