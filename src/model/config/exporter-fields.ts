import { exporterValue, reachable, type ReceiverAddresses } from './one-click.ts'
import { signalOfExporter, type ExporterKey } from './otel-keys.ts'
import { toJson, type JsonValue } from './json-value.ts'

/** `unset`: the key is absent. `other`: what no form can show; the text can. */
export type ExporterKind = 'unset' | 'none' | 'statsig' | 'http' | 'json' | 'grpc' | 'other'

export const tlsKeys = ['ca-certificate', 'client-certificate', 'client-private-key'] as const

export type TlsKey = (typeof tlsKeys)[number]

/** An exporter as a form shows it. The last three are empty where `kind` is no OTLP. */
export interface ExporterFields {
  readonly kind: ExporterKind
  readonly endpoint: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly tls: Readonly<Partial<Record<TlsKey, string>>>
}

type Table = Readonly<Record<string, unknown>>

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `value` as JSON, as the configuration gives it; undefined where the key is absent. */
export function readExporter(value: unknown): ExporterFields {
  const settings = settingsOf(value)
  return {
    kind: kindOf(value),
    endpoint: typeof settings['endpoint'] === 'string' ? settings['endpoint'] : '',
    headers: textPairs(settings['headers']),
    tls: Object.fromEntries(textPairs(settings['tls']).filter(([key]) => tlsKeys.some((known) => known === key))),
  }
}

/** The pairs of a table whose values are texts, in their order. */
export function textPairs(table: unknown): readonly (readonly [name: string, value: string])[] {
  if (!isTable(table)) return []
  return Object.entries(table).flatMap(([key, each]) => (typeof each === 'string' ? [[key, each] as const] : []))
}

function kindOf(value: unknown): ExporterKind {
  if (value === undefined) return 'unset'
  if (value === 'none' || value === 'statsig') return value
  if (!isTable(value)) return 'other'
  const [variant, ...others] = Object.keys(value)
  if (others.length > 0) return 'other'
  if (variant === 'none' || variant === 'statsig') return variant
  if (variant === 'otlp-grpc') return 'grpc'
  if (variant !== 'otlp-http') return 'other'
  return settingsOf(value)['protocol'] === 'json' ? 'json' : 'http'
}

function settingsOf(value: unknown): Table {
  if (!isTable(value)) return {}
  const settings = value['otlp-http'] ?? value['otlp-grpc']
  return isTable(settings) ? settings : {}
}

/** The value with some fields changed; null takes the key out. Settings that a form does not know stay. */
export function changeExporter(value: unknown, change: Partial<ExporterFields>): JsonValue {
  const next = { ...readExporter(value), ...change }
  if (next.kind === 'unset') return null
  if (next.kind === 'none' || next.kind === 'statsig') return next.kind
  if (next.kind === 'other') return value as JsonValue
  const { endpoint: _e, protocol: _p, headers: _h, tls: _t, ...unknownKeys } = settingsOf(value)
  const headers = Object.fromEntries(next.headers)
  const tls = Object.fromEntries(Object.entries(next.tls).filter(([, path]) => path !== ''))
  const settings = {
    endpoint: next.endpoint,
    ...(next.kind === 'grpc' ? {} : { protocol: next.kind === 'json' ? 'json' : 'binary' }),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(Object.keys(tls).length > 0 ? { tls } : {}),
    ...(unknownKeys as Readonly<Record<string, JsonValue>>),
  }
  return { [next.kind === 'grpc' ? 'otlp-grpc' : 'otlp-http']: settings }
}

/**
 * The address to propose when an exporter becomes one of another kind: this machine's receiver where it went there, or
 * nowhere; else the same host, with the signal's path over HTTP and without one over gRPC.
 */
export function endpointFor(
  key: ExporterKey,
  kind: 'http' | 'json' | 'grpc',
  old: string,
  receivers: ReceiverAddresses,
): string {
  const url = urlParts.exec(old)
  if (url === null || isOwnEndpoint(old, receivers)) {
    const own = exporterValue(key, kind, receivers)
    return own === null ? old : readExporter(toJson(own)).endpoint
  }
  const [, origin = '', path = ''] = url
  if (kind === 'grpc') return origin
  return path === '' || path === '/' ? `${origin}/v1/${signalOfExporter[key]}` : old
}

const urlParts = /^(https?:\/\/[^/?#]+)([^?#]*)/

/** Whether an endpoint is one of the running receivers. */
export function isOwnEndpoint(endpoint: string, { http, grpc }: ReceiverAddresses): boolean {
  const host = urlParts
    .exec(endpoint)?.[1]
    ?.replace(/^https?:\/\//, '')
    .replace(/^localhost(?=:)/, '127.0.0.1')
  return [http, grpc].some((address) => address !== null && reachable(address) === host)
}
