import type { TomlChange } from './changes.ts'
import { exporterKeys, signalOfExporter, type ExporterKey } from './otel-keys.ts'
import { valueAt, type TomlTable, type TomlValue } from './toml-value.ts'

export type OtlpProtocol = 'http' | 'json' | 'grpc'

/** `host:port` of each receiver, null where it does not listen. */
export interface ReceiverAddresses {
  readonly http: string | null
  readonly grpc: string | null
}

/** An address that listens everywhere is reached on this machine's loopback. */
export function reachable(address: string): string {
  return address.replace(/^(?:0\.0\.0\.0|\[::\])(?=:)/, '127.0.0.1')
}

/** Null where nothing listens for that protocol. */
export function exporterValue(
  key: ExporterKey,
  protocol: OtlpProtocol,
  receivers: ReceiverAddresses,
): TomlTable | null {
  const address = receivers[protocol === 'grpc' ? 'grpc' : 'http']
  if (address === null) return null
  const origin = `http://${reachable(address)}`
  if (protocol === 'grpc') return table('otlp-grpc', table('endpoint', origin))
  // Codex appends nothing to an HTTP endpoint, so it carries the path of its signal (OTLP 1.9, "OTLP/HTTP Request").
  const endpoint = `${origin}/v1/${signalOfExporter[key]}`
  const settings = new Map<string, TomlValue>([
    ['endpoint', endpoint],
    ['protocol', protocol === 'json' ? 'json' : 'binary'],
  ])
  return table('otlp-http', settings)
}

/**
 * All three exporters to the running receivers, because none falls back to another; `environment` where it is absent; the
 * records of each delta left out where that is wanted. Nothing else. Null where nothing listens for the protocol.
 */
export function oneClickChanges(
  values: TomlTable,
  receivers: ReceiverAddresses,
  { protocol, withoutDeltas }: { readonly protocol: OtlpProtocol; readonly withoutDeltas: boolean },
): readonly TomlChange[] | null {
  const changes: TomlChange[] = []
  if (valueAt(values, ['otel', 'environment']) === undefined)
    changes.push({ path: ['otel', 'environment'], value: 'dev' })
  for (const key of exporterKeys) {
    const value = exporterValue(key, protocol, receivers)
    if (value === null) return null
    changes.push({ path: ['otel', key], value })
  }
  if (withoutDeltas) changes.push({ path: ['otel', 'log_sse_deltas'], value: false })
  return changes
}

function table(key: string, value: TomlValue): TomlTable {
  return new Map([[key, value]])
}
