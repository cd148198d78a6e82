import { messageToProtobuf } from '../../engine/otlp/json-to-protobuf.ts'
import { InstrumentationScope, Resource } from '../../engine/otlp/schema.ts'
import { restoreAttributes } from './restore.ts'
import { Wire } from './wire.ts'

/** What every raw row says of who made its record. */
export interface SentBy {
  /** As text: few senders make many records, and texts are compared faster than what they say is read. */
  readonly resource: string
  readonly scope: string
  readonly scopeVersion: string
}

/** Rows as the request that a sender would have made of them: what the ingest takes. `write` writes the fields of a record. */
export function requestOf<R extends SentBy>(
  rows: readonly R[],
  write: (wire: Wire, row: R) => void,
): Uint8Array<ArrayBuffer> {
  const senders = new Map<string, R[]>()
  for (const row of rows) {
    const key = `${row.resource}\n${row.scope}\n${row.scopeVersion}`
    const known = senders.get(key)
    if (known === undefined) senders.set(key, [row])
    else known.push(row)
  }
  const wire = new Wire()
  // Groups and records have the same numbers in the requests of all signals.
  for (const own of senders.values())
    wire.message(1, () => {
      const [{ resource = '', scope = '', scopeVersion = '' } = {}] = own
      wire.written(1, messageToProtobuf(Resource(), { attributes: restoreAttributes(resource) }))
      wire.message(2, () => {
        wire.written(1, messageToProtobuf(InstrumentationScope(), { name: scope, version: scopeVersion }))
        for (const row of own)
          wire.message(2, () => {
            write(wire, row)
          })
      })
    })
  return wire.finish()
}
