import type { Signal } from '../signal.ts'

export interface Endpoint {
  readonly secure: boolean
  /** Without the brackets of IPv6. */
  readonly host: string
  readonly port: number
  /** Without a slash at its end. */
  readonly path: string
}

const shape = /^(https?):\/\/(?:\[([0-9a-f:.]+)\]|([^\s/:?#@[\]%\\]+))(?::(\d{1,5}))?(\/[^\s?#]*)?$/i

/** null where it is no plain http(s) URL. The port is the scheme's where none is given. */
export function parseEndpoint(url: string): Endpoint | null {
  const parts = shape.exec(url)
  if (parts === null) return null
  const secure = parts[1]?.toLowerCase() === 'https'
  const port = parts[4] === undefined ? (secure ? 443 : 80) : Number(parts[4])
  if (port < 1 || port > 65_535) return null
  return { secure, host: parts[2] ?? parts[3] ?? '', port, path: (parts[5] ?? '').replace(/(?<!\/)\/+$/, '') }
}

const signalPath = /\/v1\/(traces|logs|metrics)$/

/** The base URL with `/v1/{signal}`, unless the URL ends so already (OTLP/HTTP, "Endpoint URLs"). */
export function httpPath({ path }: Endpoint, signal: Signal): string {
  return signalPath.test(path) ? path : `${path}/v1/${signal}`
}

/** Written by the sender itself, or meant for one hop only. */
const reserved = new Set([
  ...['host', 'content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive'],
  ...['te', 'trailer', 'upgrade', 'expect', 'proxy-connection'],
])

export interface Checked {
  readonly protocol: 'http' | 'grpc'
  readonly url: string
  readonly signals: readonly Signal[]
  readonly headers: readonly { readonly name: string }[]
  readonly caFile: string | null
  readonly certFile: string | null
  readonly keyFile: string | null
}

export interface Problem {
  readonly field: 'url' | 'headers' | 'certFile' | 'caFile'
  readonly message: string
}

/** What is wrong with a destination as a whole, in words for a person; null when nothing is. */
export function destinationProblem(checked: Checked): Problem | null {
  const { protocol, url, headers } = checked
  if (/^https?:\/\/[^/]*@/i.test(url)) return of('url', 'a URL is visible to others: put credentials into a header')
  if (/[?#]/.test(url)) return of('url', 'a query is not sent: put keys into a header')
  const endpoint = parseEndpoint(url)
  if (endpoint === null) return of('url', 'must be http://host:port or https://host:port, with a path or without')
  if (protocol === 'grpc' && endpoint.path !== '') return of('url', 'gRPC takes no path: leave it at host and port')
  const only = protocol === 'http' ? signalPath.exec(endpoint.path)?.[1] : undefined
  if (only !== undefined && checked.signals.some((signal) => signal !== only))
    return of('url', `the URL ends in /v1/${only}: choose only that signal, or drop the ending`)
  if ((checked.certFile === null) !== (checked.keyFile === null))
    return of('certFile', 'a client certificate needs its key, and the key its certificate')
  if (!endpoint.secure && (checked.caFile ?? checked.certFile) !== null)
    return of('caFile', 'certificates need an https:// URL')
  for (const { name } of headers)
    if (reserved.has(name) || name.startsWith('grpc-') || (protocol === 'grpc' && name.endsWith('-bin')))
      return of('headers', `${name} cannot be set by hand`)
  if (new Set(headers.map(({ name }) => name)).size < headers.length) return of('headers', 'a header is listed twice')
  return null
}

function of(field: Problem['field'], message: string): Problem {
  return { field, message }
}
