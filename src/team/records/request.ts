import type { Signal } from '../../model/signal.ts'
import { messageToProtobuf } from '../../engine/otlp/json-to-protobuf.ts'
import { requestType } from '../../engine/otlp/schema.ts'
import { restoreAttributes, type StoredAttributes } from './restore.ts'

/** What every raw row says of who made its record. */
export interface SentBy {
  readonly resource: StoredAttributes
  readonly scope: string
  readonly scopeVersion: string
}

interface Names {
  readonly groups: string
  readonly scopes: string
  readonly records: string
}

const names: Readonly<Record<Signal, Names>> = {
  logs: { groups: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' },
  traces: { groups: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' },
  metrics: { groups: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' },
}

/** Rows as the request that a sender would have made of them: what the ingest takes. */
export function requestOf<R extends SentBy>(
  signal: Signal,
  rows: readonly R[],
  recordOf: (row: R) => object,
): Uint8Array<ArrayBuffer> {
  const { groups, scopes, records } = names[signal]
  const senders = new Map<string, { readonly sender: SentBy; readonly records: object[] }>()
  for (const row of rows) {
    const key = JSON.stringify([row.resource, row.scope, row.scopeVersion])
    const group = senders.get(key) ?? { sender: row, records: [] }
    if (group.records.length === 0) senders.set(key, group)
    group.records.push(recordOf(row))
  }
  const request = [...senders.values()].map(({ sender, records: made }) => ({
    resource: { attributes: restoreAttributes(sender.resource) },
    [scopes]: [{ scope: { name: sender.scope, version: sender.scopeVersion }, [records]: made }],
  }))
  return new Uint8Array(messageToProtobuf(requestType(signal), { [groups]: request }))
}
