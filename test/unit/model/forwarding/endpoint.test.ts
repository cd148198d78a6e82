import { expect, test } from 'vitest'
import { destinationDraft } from '../../../../src/contract/forwarding.ts'
import { destination } from '../../../../src/model/forwarding/destination.ts'
import { httpPath, parseEndpoint } from '../../../../src/model/forwarding/endpoint.ts'
import { forwardPresets } from '../../../../src/model/forwarding/presets.ts'

const path = (url: string, signal: 'traces' | 'logs' | 'metrics' = 'traces'): string => {
  const endpoint = parseEndpoint(url)
  if (endpoint === null) throw new Error(`${url} is none`)
  return httpPath(endpoint, signal)
}

test.each([
  ['http://c:4318', '/v1/traces'],
  ['http://c:4318/', '/v1/traces'],
  ['https://c/otlp', '/otlp/v1/traces'],
  ['https://c/otlp/', '/otlp/v1/traces'],
  ['https://c/otlp/v1/traces', '/otlp/v1/traces'],
  ['https://c/otlp/v1/traces/', '/otlp/v1/traces'],
  ['https://c/v1', '/v1/v1/traces'],
])('%s sends traces to %s', (url, expected) => {
  expect(path(url)).toBe(expected)
})

test.each([
  ['http://c', { secure: false, host: 'c', port: 80, path: '' }],
  ['https://c', { secure: true, host: 'c', port: 443, path: '' }],
  ['HTTPS://C.example:8443/a', { secure: true, host: 'C.example', port: 8443, path: '/a' }],
  ['http://[::1]:4317', { secure: false, host: '::1', port: 4317, path: '' }],
])('%s is read', (url, expected) => {
  expect(parseEndpoint(url)).toEqual(expected)
})

const whole = {
  id: 'a',
  name: 'a',
  enabled: true,
  protocol: 'http',
  url: 'https://c:4318',
  signals: ['traces', 'logs', 'metrics'],
  compression: 'none',
  caFile: null,
  certFile: null,
  keyFile: null,
  timeoutS: 10,
  headers: [],
}
const problem = (over: object): string | null => {
  const parsed = destination.safeParse({ ...whole, ...over })
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? '')
}

test.each([
  [{}, null],
  [{ url: 'ftp://c' }, 'must be http://host:port or https://host:port, with a path or without'],
  [{ url: 'c:4317' }, 'must be http://host:port or https://host:port, with a path or without'],
  [{ url: 'http://ada%3Aword%40c:4318' }, 'must be http://host:port or https://host:port, with a path or without'],
  [{ url: 'http://c:99999' }, 'must be http://host:port or https://host:port, with a path or without'],
  [{ url: 'https://me:secret@c' }, 'a URL is visible to others: put credentials into a header'],
  [{ url: 'https://c/?key=1' }, 'a query is not sent: put keys into a header'],
  [{ protocol: 'grpc', url: 'https://c/otlp' }, 'gRPC takes no path: leave it at host and port'],
  [{ url: 'https://c/v1/traces' }, 'the URL ends in /v1/traces: choose only that signal, or drop the ending'],
  [{ url: 'https://c/v1/traces', signals: ['traces'] }, null],
  [{ signals: [] }, 'choose at least one signal'],
  [{ certFile: '/a.pem' }, 'a client certificate needs its key, and the key its certificate'],
  [{ url: 'http://c', caFile: '/a.pem' }, 'certificates need an https:// URL'],
  [{ caFile: 'a.pem' }, 'must be an absolute path'],
  [{ headers: [{ name: 'Content-Type', value: 'x' }] }, 'content-type cannot be set by hand'],
  [{ headers: [{ name: 'grpc-timeout', value: 'x' }] }, 'grpc-timeout cannot be set by hand'],
  [{ headers: [{ name: 'a b', value: 'x' }] }, 'must be a header name'],
  [{ headers: [{ name: 'a', value: 'x\r\nb: c' }] }, 'must be printable ASCII'],
  [
    {
      headers: [
        { name: 'a', value: 'x' },
        { name: 'A', value: 'y' },
      ],
    },
    'a header is listed twice',
  ],
])('%j: %s', (over, expected) => {
  expect(problem(over)).toBe(expected)
})

test('a header whose value would be lost is refused where it is entered', () => {
  const named = (name: string) => destinationDraft.safeParse({ ...whole, headers: [{ name, value: 'x' }] })
  expect(named('constructor').success).toBe(true)
  expect(named('__proto__').error?.issues[0]?.message).toBe('a header cannot be called __proto__ here')
})

test.each(forwardPresets.filter(({ id }) => id !== 'custom'))(
  'the preset $name fits once its keys are given',
  (preset) => {
    const headers = preset.headers.map(({ name }) => ({ name, value: 'key' }))
    expect(problem({ protocol: preset.protocol, url: preset.url, compression: preset.compression, headers })).toBeNull()
  },
)
