import type { TomlChange } from './changes.ts'
import { exporterKeys, signalOfExporter, type ExporterKey } from './otel-keys.ts'
import { isTable, valueAt, type TomlTable, type TomlValue } from './toml-value.ts'

export type OtlpProtocol = 'http' | 'json' | 'grpc'

/** `host:port` of each receiver, null where it does not listen. */
export interface ReceiverAddresses {
  readonly http: string | null
  readonly grpc: string | null
  /** Left out where that is not known: the page never holds the token. */
  readonly needs?: SenderNeeds
}

/** What a sender must bring so that these receivers take what it sends. */
export interface SenderNeeds {
  readonly token: string | null
  /** TLS. */
  readonly secure: boolean
  /** The name of this machine that the certificate is for. */
  readonly host: string | null
  /** What tells Codex to trust it; null where the system's authorities do. */
  readonly caFile: string | null
  /** Senders show a certificate of their own. */
  readonly clientCertificate: boolean
  /** Why no configuration would work as things are. */
  readonly obstacle: string | null
  /** Who issued the certificate, where Codex has to be told and the file is not known; null where nothing is missing. */
  readonly unknownIssuer: string | null
}

/** An address that listens everywhere is reached on this machine's loopback. */
export function reachable(address: string): string {
  return address.replace(/^(?:0\.0\.0\.0|\[::\])(?=:)/, '127.0.0.1')
}

/** Null where nothing listens for that protocol. `before` is what the exporter is now: certificates that it names stay. */
export function exporterValue(
  key: ExporterKey,
  protocol: OtlpProtocol,
  receivers: ReceiverAddresses,
  before?: TomlValue,
): TomlTable | null {
  const address = receivers[protocol === 'grpc' ? 'grpc' : 'http']
  if (address === null) return null
  const { needs } = receivers
  const host = reachable(address).replace(/^.*(?=:\d+$)/, (bound) => needs?.host ?? bound)
  const origin = `${needs?.secure === true ? 'https' : 'http'}://${host}`
  // Codex appends nothing to an HTTP endpoint, so it carries the path of its signal (OTLP 1.9, "OTLP/HTTP Request").
  const endpoint = protocol === 'grpc' ? origin : `${origin}/v1/${signalOfExporter[key]}`
  const settings = new Map<string, TomlValue>([['endpoint', endpoint]])
  if (protocol !== 'grpc') settings.set('protocol', protocol === 'json' ? 'json' : 'binary')
  if (needs !== undefined && needs.token !== null)
    settings.set('headers', table('authorization', `Bearer ${needs.token}`))
  const tls = needs?.secure === true ? tlsValue(needs, before) : null
  if (tls !== null) settings.set('tls', tls)
  return table(protocol === 'grpc' ? 'otlp-grpc' : 'otlp-http', settings)
}

function tlsValue({ caFile, clientCertificate }: SenderNeeds, before: TomlValue | undefined): TomlTable | null {
  const kept = tlsOf(before)
  const ca = caFile ?? kept?.get('ca-certificate')
  const tls = new Map<string, TomlValue>(ca === undefined ? [] : [['ca-certificate', ca]])
  for (const key of clientCertificate ? ['client-certificate', 'client-private-key'] : []) {
    const file = kept?.get(key)
    if (file !== undefined) tls.set(key, file)
  }
  return tls.size === 0 ? null : tls
}

function tlsOf(exporter: TomlValue | undefined): TomlTable | null {
  const settings = isTable(exporter) ? (exporter.get('otlp-http') ?? exporter.get('otlp-grpc')) : undefined
  const tls = isTable(settings) ? settings.get('tls') : undefined
  return isTable(tls) ? tls : null
}

/** Why what one click would write, over what is there now, would not be taken; empty where nothing speaks against it. */
export function oneClickObstacles(values: TomlTable, { needs }: ReceiverAddresses): readonly string[] {
  if (needs?.secure !== true) return []
  const written = exporterKeys.map((key) => tlsValue(needs, valueAt(values, ['otel', key])))
  const lacks = (key: string): boolean => written.some((tls) => tls?.has(key) !== true)
  const found: string[] = []
  if (needs.obstacle !== null) found.push(needs.obstacle)
  if (needs.unknownIssuer !== null && lacks('ca-certificate'))
    found.push(
      `the receivers' certificate was issued by ${needs.unknownIssuer}: give that authority's certificate as tls.ca-certificate in each exporter`,
    )
  if (needs.clientCertificate && (lacks('client-certificate') || lacks('client-private-key')))
    found.push(
      'the receivers ask for a certificate of the sender: give tls.client-certificate and tls.client-private-key in each exporter',
    )
  return found
}

export interface OneClick {
  readonly protocol: OtlpProtocol
  readonly withoutDeltas: boolean
  /** These exporters alone, and nothing beside them. */
  readonly only?: readonly ExporterKey[] | undefined
}

/**
 * All three exporters to the running receivers, because none falls back to another; `environment` where it is absent; the
 * records of each delta left out where that is wanted. Nothing else. Null where nothing listens for the protocol.
 */
export function oneClickChanges(
  values: TomlTable,
  receivers: ReceiverAddresses,
  { protocol, withoutDeltas, only }: OneClick,
): readonly TomlChange[] | null {
  const changes: TomlChange[] = []
  if (only === undefined && valueAt(values, ['otel', 'environment']) === undefined)
    changes.push({ path: ['otel', 'environment'], value: 'dev' })
  for (const key of only ?? exporterKeys) {
    const value = exporterValue(key, protocol, receivers, valueAt(values, ['otel', key]))
    if (value === null) return null
    changes.push({ path: ['otel', key], value })
  }
  if (withoutDeltas) changes.push({ path: ['otel', 'log_sse_deltas'], value: false })
  return changes
}

function table(key: string, value: TomlValue): TomlTable {
  return new Map([[key, value]])
}
