import { hostname, networkInterfaces } from 'node:os'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import { isTable, valueAt, type TomlTable } from '../../../../model/config/toml-value.ts'
import { signalOfExporter, type ExporterKey } from '../../../../model/config/otel-keys.ts'

/** Where an exporter sends to, and all that goes with a request, as Codex 0.171.0 reads it. */
export interface Target {
  readonly key: ExporterKey
  readonly signal: 'logs' | 'traces' | 'metrics'
  readonly variant: 'otlp-http' | 'otlp-grpc'
  readonly json: boolean
  readonly url: URL
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly tls: Readonly<Partial<Record<TlsKey, string>>>
}

export const tlsKeys = ['ca-certificate', 'client-certificate', 'client-private-key'] as const
export type TlsKey = (typeof tlsKeys)[number]

/** `settings` is what stands below `otlp-http` or `otlp-grpc`; paths count from the configuration's folder. */
export function targetOf(
  key: ExporterKey,
  variant: Target['variant'],
  url: URL,
  settings: TomlTable,
  { configPath, environment }: { readonly configPath: string; readonly environment: NodeJS.ProcessEnv },
): Target {
  const signal = signalOfExporter[key]
  const headers = new Map(textsOf(settings, 'headers').map(([name, value]) => [name.toLowerCase(), value]))
  for (const [name, value] of headersOfEnvironment(signal, environment)) headers.set(name, value)
  const { username, password } = url
  if (username !== '' && variant === 'otlp-http') {
    const pair = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')
    headers.set('authorization', `Basic ${pair}`)
  }
  const files = textsOf(settings, 'tls').map(([name, file]) => [name, resolve(dirname(configPath), file)])
  const tls = Object.fromEntries(files) as Target['tls']
  return { key, signal, variant, json: settings.get('protocol') === 'json', url, headers: [...headers], tls }
}

/** What the variables say comes over what the file says. */
function headersOfEnvironment(signal: Target['signal'], environment: NodeJS.ProcessEnv): (readonly [string, string])[] {
  const names = ['OTEL_EXPORTER_OTLP_HEADERS', `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_HEADERS`]
  return names.flatMap((name) =>
    (environment[name] ?? '').split(',').flatMap((pair): (readonly [string, string])[] => {
      const [, header = '', value = ''] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
      return header === '' ? [] : [[header.toLowerCase(), decoded(value)]]
    }),
  )
}

/** A `%` that begins no escape stands for itself. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function textsOf(settings: TomlTable, name: string): readonly (readonly [string, string])[] {
  const table = valueAt(settings, [name])
  if (!isTable(table)) return []
  return [...table].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []))
}

/** Whether a request to it stays on this machine. A name is not looked up: that alone would be a request. */
export function isOnThisMachine(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (isIP(name) === 0) return name === 'localhost' || name.endsWith('.localhost') || name === hostname().toLowerCase()
  if (name === '::1' || name === '::' || name === '0.0.0.0' || name.startsWith('127.')) return true
  return Object.values(networkInterfaces()).some((entries) => entries?.some(({ address }) => address === name))
}
