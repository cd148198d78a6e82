import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcp } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { Finding } from '../../../src/contract/config.ts'
import type { ScratchHome } from '../../unit/engine/config/scratch-home.ts'
import { running, secured } from './home-with-receivers.ts'
import { receiversOf, type RunningReceivers } from './receivers-of.ts'

beforeEach(() => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'])
    for (const each of [name, name.toLowerCase()]) vi.stubEnv(each, '')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const signals = { exporter: 'logs', trace_exporter: 'traces', metrics_exporter: 'metrics' } as const
type Of = (signal: string) => string

function config(exporter: Of, more = ''): string {
  return `[otel]\n${Object.entries(signals)
    .map(([key, signal]) => `${key} = ${exporter(signal)}\n`)
    .join('')}${more}`
}
const http =
  (endpoint: Of, more = '', protocol = 'binary'): Of =>
  (signal) =>
    `{ otlp-http = { endpoint = "${endpoint(signal)}", protocol = "${protocol}"${more} } }`
const grpc =
  (endpoint: string, more = ''): Of =>
  () =>
    `{ otlp-grpc = { endpoint = "${endpoint}"${more} } }`

it.each([
  ['HTTP', (at: RunningReceivers) => http((signal) => `http://${at.http}/v1/${signal}`)],
  ['HTTP with JSON', (at: RunningReceivers) => http((signal) => `http://${at.http}/v1/${signal}`, '', 'json')],
  ['gRPC', (at: RunningReceivers) => grpc(`http://${at.grpc}`)],
  ['localhost', (at: RunningReceivers) => http((signal) => `http://localhost:${portOf(at.http)}/v1/${signal}`)],
  [
    'a name with a % that is no escape',
    (at: RunningReceivers) => http((signal) => `http://a%zz:b@${at.http}/v1/${signal}`),
  ],
])('says that nothing is wrong over %s only after each signal was taken', async (_, exporter) => {
  const { home, at } = await running()
  home.write(config(exporter(at)))
  expect(await codes(home)).toEqual([])
  expect(at.taken.map((each) => each.split(' ')[1]).sort()).toEqual(['logs', 'metrics', 'traces'])
})

type Case = readonly [what: string, exporter: (at: RunningReceivers) => Of, code: string, fixed: boolean]
const wrong: readonly Case[] = [
  ['a slash behind the path', (at) => http((s) => `http://${at.http}/v1/${s}/`), 'wrong_path', true],
  ['two slashes before it', (at) => http((s) => `http://${at.http}//v1/${s}`), 'wrong_path', true],
  ['a path in the singular', (at) => http((s) => `http://${at.http}/v1/${s.replace(/s$/, '')}`), 'wrong_path', true],
  ['a path of its own', (at) => http((s) => `http://${at.http}/otlp/v1/${s}`), 'wrong_path', true],
  ['spaces around', (at) => http((s) => ` http://${at.http}/v1/${s} `), 'bad_endpoint', true],
  ['no scheme', (at) => http((s) => `${at.http}/v1/${s}`), 'bad_endpoint', true],
  ['https to a plain port', (at) => http((s) => `https://${at.http}/v1/${s}`), 'no_tls', true],
  ['https to a plain gRPC port', (at) => grpc(`https://${at.grpc}`), 'no_tls', true],
  ['HTTP to the gRPC port', (at) => http((s) => `http://${at.grpc}/v1/${s}`), 'other_protocol', true],
  ['gRPC to the HTTP port', (at) => grpc(`http://${at.http}`), 'other_protocol', true],
  ['the address to listen on', (at) => http((s) => `http://0.0.0.0:${portOf(at.http)}/v1/${s}`), 'refused', true],
  ['a port that nobody has', () => http((s) => `http://127.0.0.1:1/v1/${s}`), 'nobody_listens', true],
  ['gRPC to a port that nobody has', () => grpc('http://127.0.0.1:1'), 'nobody_listens', true],
  [
    'a file of TLS that is not there',
    (at) => http((s) => `http://${at.http}/v1/${s}`, ', tls = { ca-certificate = "not-there.pem" }'),
    'tls_file',
    false,
  ],
  [
    'a device in the place of a file of TLS',
    (at) => grpc(`http://${at.grpc}`, ', tls = { ca-certificate = "/dev/null" }'),
    'tls_file',
    false,
  ],
  ...(['loop.pem', 'config.toml/ca.pem', 'a\\u0000b', 'n'.repeat(300)] as const).map((file): Case => [
    `a file of TLS that cannot be looked at (${file.slice(0, 20)})`,
    (at) => http((s) => `http://${at.http}/v1/${s}`, `, tls = { ca-certificate = "${file}" }`),
    'tls_file',
    false,
  ]),
  [
    'a file of TLS that holds no certificate',
    (at) => http((s) => `http://${at.http}/v1/${s}`, ', tls = { ca-certificate = "config.toml" }'),
    'tls_file',
    false,
  ],
  [
    'a key in the place of a certificate, and the other way round',
    (at) => grpc(`http://${at.grpc}`, ', tls = { client-certificate = "key.pem", client-private-key = "cert.pem" }'),
    'tls_file',
    false,
  ],
  [
    'a client certificate without its key',
    (at) => grpc(`http://${at.grpc}`, ', tls = { client-certificate = "cert.pem" }'),
    'tls_file',
    false,
  ],
  [
    'a value that was meant to be filled in',
    (at) => grpc(`http://${at.grpc}`, header('Bearer ${TOKEN}')),
    'placeholder',
    false,
  ],
  ['a variable', (at) => grpc(`http://${at.grpc}`, header('$TOKEN')), 'placeholder', false],
  ['a variable of a template', (at) => grpc(`http://${at.grpc}`, header('Bearer {env:TOKEN}')), 'placeholder', false],
  ['a variable in the address', () => http((s) => `http://$COLLECTOR:4318/v1/${s}`), 'placeholder', true],
  ['a command', (at) => grpc(`http://${at.grpc}`, header('Bearer $(cat token)')), 'placeholder', false],
  ['a template', (at) => grpc(`http://${at.grpc}`, header('{{ TOKEN }}')), 'placeholder', false],
  ['a header on two lines', (at) => grpc(`http://${at.grpc}`, header('a\\nb')), 'placeholder', false],
]
const header = (value: string): string => `, headers = { authorization = "${value}" }`

it.each(wrong)('finds %s, and a fix that is offered mends it', async (_, exporter, code, fixed) => {
  const { home, at } = await running()
  home.write(config(exporter(at)))
  const found = await findings(home)
  expect(found.map((each) => each.code)).toEqual([code, code, code])
  for (const each of found) expect(each.severity).toBe('error')
  for (const { line, message } of found) {
    expect(line).toBeGreaterThan(1)
    expect(message).not.toContain('TOKEN}}"')
  }
  expect(found.every(({ fix }) => fix !== null)).toBe(fixed)
  if (!fixed) return
  for (let left = found; left.length > 0; left = await findings(home)) {
    expect(left.length).toBeLessThanOrEqual(3)
    await home.apply(left[0]?.fix?.request ?? {})
  }
})

it('counts { none = {} } as nothing set', async () => {
  const { home } = await running()
  home.write(config(() => '{ none = {} }'))
  expect(await codes(home)).toEqual(['nothing_exported'])
})

it.each([
  [
    'a web server',
    (_: unknown, response: Parameters<RequestListener>[1]) =>
      response.setHeader('content-type', 'text/html').end('<html>'),
    'not_otlp',
  ],
  ['a server without a type', (_: unknown, response: Parameters<RequestListener>[1]) => response.end('ok'), 'not_otlp'],
  [
    'a server that wants a key',
    (_: unknown, response: Parameters<RequestListener>[1]) => response.writeHead(401).end(),
    'refused',
  ],
  [
    'a collector',
    (_: unknown, response: Parameters<RequestListener>[1]) =>
      response.setHeader('content-type', 'application/x-protobuf').end(),
    'goes_elsewhere',
  ],
])('tells %s on the port from this Colophon', async (_, answer, code) => {
  const { home } = await running()
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  home.write(config(http((signal) => `http://127.0.0.1:${String(port)}/v1/${signal}`)))
  expect(await codes(home)).toEqual([code, code, code])
})

it('tells another Colophon, with another data folder, from this one', async () => {
  const { home } = await running()
  const other = await receiversOf('/another/folder')
  home.write(config(grpc(`http://${other.grpc}`)))
  expect(await codes(home)).toEqual(['goes_elsewhere', 'goes_elsewhere', 'goes_elsewhere'])
})

it('sends nothing to another machine unless it is asked to', async () => {
  const { home } = await running()
  // Reserved for documentation (RFC 5737): nobody is there.
  home.write(config(http((signal) => `https://192.0.2.1/v1/${signal}`, header('Bearer s3cret-of-mine'))))
  const found = await findings(home)
  expect(found.map(({ code }) => code)).toEqual(['goes_elsewhere', 'goes_elsewhere', 'goes_elsewhere'])
  expect(JSON.stringify(found)).toContain('was not contacted')
  expect(JSON.stringify(found)).not.toContain('s3cret')
})

it('leaves an exporter that points to a team where it is when it adds the two that are missing', async () => {
  const { home, at } = await running()
  const team = `exporter = { otlp-http = { endpoint = "https://192.0.2.1/v1/logs", protocol = "binary"${header('Bearer team-s3cret')} } }`
  home.write(`[otel]\n${team}\n`)
  const some = (await findings(home)).find(({ code }) => code === 'some_exporters')
  expect(some?.fix?.diff).not.toMatch(/^-(?!--)/m)
  await home.apply(some?.fix?.request ?? {})
  expect(home.read()).toContain(`${team}\n`)
  expect(home.read()).toContain(`http://${at.http}/v1/traces`)
  expect(await codes(home)).toEqual(['goes_elsewhere'])
})

it.each([
  ['HTTP_PROXY', '', true],
  ['http_proxy', '', true],
  ['ALL_PROXY', '', true],
  ['all_proxy', 'localhost', true],
  ['HTTP_PROXY', '*', true],
  ['HTTP_PROXY', 'localhost,127.0.0.1', false],
  ['HTTP_PROXY', '127.0.0.0/8', false],
  ['HTTPS_PROXY', '', false],
])('knows whether %s with NO_PROXY=%s takes what is sent here', async (name, exceptions, takes) => {
  const { home, at } = await running()
  home.write(config(http((signal) => `http://${at.http}/v1/${signal}`)))
  vi.stubEnv(name, 'http://me:s3cret@proxy.example:3128')
  vi.stubEnv('NO_PROXY', exceptions)
  const found = await findings(home)
  expect(found.map(({ code, key }) => [code, key])).toEqual(takes ? [['proxy', name]] : [])
  expect(JSON.stringify(found)).not.toContain('s3cret')
  home.write(config(grpc(`http://${at.grpc}`)))
  expect(await codes(home)).toEqual([])
})

it.each([
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '10', true],
  ['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT', '0', true],
  ['OTEL_EXPORTER_OTLP_METRICS_TIMEOUT', '30', true],
  ['OTEL_BSP_EXPORT_TIMEOUT', '1', true],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '10000', false],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s', false],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', '', true],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'none', true],
  ['OTEL_EXPORTER_OTLP_TRACES_COMPRESSION', 'gzip', true],
  ['OTEL_TRACES_SAMPLER', 'bogus', false],
])('knows what %s=%s does to Codex', async (name, value, harms) => {
  const { home, at } = await running()
  home.write(config(grpc(`http://${at.grpc}`)))
  vi.stubEnv(name, value)
  expect((await findings(home)).map(({ code, key }) => [code, key])).toEqual(
    harms ? [['environment_variable', name]] : [],
  )
})

it('sends the headers of the environment, which Codex sends too', async () => {
  const { home, at } = await running({ token: 'a-token-of-16-characters' })
  home.write(config(grpc(`http://${at.grpc}`)))
  expect(await codes(home)).toEqual(['refused', 'refused', 'refused'])
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer%20a-token-of-16-characters')
  expect(await codes(home)).toEqual([])
})

it.each(['http', 'json', 'grpc'] as const)(
  'writes over %s what receivers with token and TLS need',
  async (protocol) => {
    const token = 'a-token-of-16-characters'
    const { home, at } = await secured(token, 'own')
    const plan = await home.ask('config.plan', { protocol })
    expect(plan.warnings).toEqual([])
    expect(JSON.stringify(plan)).not.toContain(token)
    await home.apply({ protocol })
    expect(home.read()).toContain(`Bearer ${token}`)
    expect(home.read()).toContain('https://')
    expect(await codes(home)).toEqual([])
    expect(at.taken).toHaveLength(3)
  },
)

it('says before it writes that the authority of the certificate is not known, and keeps the one that is named', async () => {
  const { home, at, folder } = await secured(null, 'issued')
  const { warnings } = await home.ask('config.plan', { protocol: 'http' })
  expect(warnings).toEqual([expect.stringContaining('tls.ca-certificate')])
  const tls = `, tls = { ca-certificate = "${join(folder, 'ca.pem')}" }`
  home.write(config(grpc(`https://${at.grpc}`, tls)))
  expect((await home.ask('config.plan', { protocol: 'http' })).warnings).toEqual([])
  await home.apply({ protocol: 'http' })
  expect(await codes(home)).toEqual([])
})

it('does not wait for ever for one that does not answer', async () => {
  const { home } = await running()
  const server = createTcp(() => undefined).listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  home.write(config(http((signal) => `http://127.0.0.1:${String(port)}/v1/${signal}`)))
  expect(await codes(home)).toEqual(['no_answer', 'no_answer', 'no_answer'])
})

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1)
}

async function findings(home: ScratchHome): Promise<readonly Finding[]> {
  return (await home.ask('config.doctor', {})).findings
}

async function codes(home: ScratchHome): Promise<readonly string[]> {
  return (await findings(home)).map(({ code }) => code)
}
