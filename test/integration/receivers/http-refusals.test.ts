import { gzipSync } from 'node:zlib'
import protobufjs from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { json, protobuf, rawConnection, send, type Reply, type Sent } from './http-client.ts'
import { gzipMembers, http, memoryGrowth, MiB, type Given } from './under-test.ts'

interface Case {
  readonly what: string
  readonly status: number
  readonly code: number
  readonly path?: string
  readonly sent?: Sent
  readonly given?: Given
  /** How a refusal that never reached `accept` was counted. */
  readonly signal?: 'null'
}

const body = Buffer.from('{}')
const gzipped = { 'content-encoding': 'gzip' }

const refusedUnread: Case[] = [
  { what: 'an unknown path', status: 404, code: 5, path: '/v1/profiles', signal: 'null' },
  { what: 'a path below a known one', status: 404, code: 5, path: '/v1/traces/', signal: 'null' },
  { what: 'another method', status: 405, code: 12, sent: { method: 'PUT' } },
  { what: 'GET', status: 405, code: 12, sent: { method: 'GET' } },
  { what: 'OPTIONS', status: 405, code: 12, sent: { method: 'OPTIONS' } },
  { what: 'another content encoding', status: 415, code: 3, sent: { headers: { 'content-encoding': 'br' } } },
  { what: 'bytes that are not gzip', status: 400, code: 3, sent: { headers: gzipped, body } },
  { what: 'gzip cut short', status: 400, code: 3, sent: { headers: gzipped, body: gzipSync(body).subarray(0, -6) } },
  { what: 'a foreign host', status: 403, code: 7, sent: { headers: { host: 'evil.example:4318' } } },
  {
    what: 'a host that begins like loopback',
    status: 403,
    code: 7,
    sent: { headers: { host: '127.0.0.1.evil.example' } },
  },
  { what: 'a name below localhost', status: 403, code: 7, sent: { headers: { host: 'evil.localhost' } } },
  { what: 'a foreign origin', status: 403, code: 7, sent: { headers: { origin: 'https://evil.example' } } },
  { what: 'an opaque origin', status: 403, code: 7, sent: { headers: { origin: 'null' } } },
]

const answered: Case[] = [
  { what: 'a malformed body', status: 400, code: 3, given: { accepted: { kind: 'malformed', message: 'not OTLP' } } },
  {
    what: 'a body the store finds too large',
    status: 413,
    code: 8,
    given: { accepted: { kind: 'too_large', message: 'big' } },
  },
  {
    what: 'a closed store',
    status: 503,
    code: 14,
    given: { accepted: { kind: 'unavailable', message: 'closing', retryAfterS: 1.5 } },
  },
  { what: 'a failing store', status: 500, code: 13, given: { accept: () => Promise.reject(new Error('broken')) } },
]

describe.each([
  { encoding: 'protobuf', type: protobuf },
  { encoding: 'json', type: json },
])('over HTTP in $encoding', ({ type }) => {
  test.each(refusedUnread)('$what is refused with $status', async ({ status, code, path, sent = {}, signal }) => {
    const receiver = await http()
    const reply = await send(receiver.port, path ?? '/v1/traces', { ...sent, headers: { ...type, ...sent.headers } })
    expect(reply).toMatchObject({ status, headers: type })
    expect(statusIn(reply)).toMatchObject({ code })
    expect(receiver.bodies).toEqual([])
    expect(receiver.refusals).toEqual([`${signal ?? 'traces'} http: ${statusIn(reply).message}`])
  })

  test.each(answered)('$what is answered with $status', async ({ status, code, given = {} }) => {
    const receiver = await http(given)
    const reply = await send(receiver.port, '/v1/logs', { headers: type, body })
    expect(reply).toMatchObject({ status, headers: type })
    expect(statusIn(reply)).toMatchObject({ code })
    expect(receiver.refusals).toEqual([])
  })
})

test.each(['text/plain', 'application/protobuf', 'application/jsonp', ''])(
  'content type "%s" is refused with 415',
  async (type) => {
    const { port } = await http()
    const reply = await send(port, '/v1/traces', { headers: type === '' ? {} : { 'content-type': type }, body })
    expect(reply).toMatchObject({ status: 415, headers: json })
    expect(statusIn(reply).code).toBe(3)
  },
)

test('only an answer that may be retried says when', async () => {
  const unavailable = await http({ accepted: { kind: 'unavailable', message: 'closing', retryAfterS: 1.5 } })
  const tooLarge = await http({ accepted: { kind: 'too_large', message: 'big' } })
  expect((await send(unavailable.port, '/v1/logs', { headers: json, body })).headers['retry-after']).toBe('2')
  expect((await send(tooLarge.port, '/v1/logs', { headers: json, body })).headers['retry-after']).toBeUndefined()
})

test('another method is told the right one, and no answer opens the port to web pages', async () => {
  const { port } = await http({ allowedOrigins: ['http://page.example'] })
  const headers = { ...json, origin: 'http://page.example' }
  const replies = [
    await send(port, '/v1/logs', { headers, method: 'OPTIONS' }),
    await send(port, '/v1/logs', { headers, body }),
  ]
  expect(replies[0]).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  expect(replies[1]).toMatchObject({ status: 200 })
  for (const reply of replies) {
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

test.each([
  'localhost',
  'LOCALHOST:4318',
  '127.0.0.1',
  '127.8.9.10:1',
  '[::1]:4318',
  'otel.example',
  'Otel.Example:4318',
])('host %s is welcome', async (host) => {
  const { port } = await http({ allowedHosts: ['otel.example'] })
  expect((await send(port, '/v1/logs', { headers: { ...json, host }, body })).status).toBe(200)
})

test('a body at the limit is taken', async () => {
  const { port } = await http({ maxBytes: 1000 })
  const exact = Buffer.alloc(1000)
  const sent = [
    { headers: protobuf, body: exact },
    { headers: protobuf, body: [exact] },
    { headers: { ...protobuf, ...gzipped }, body: gzipSync(exact) },
  ]
  for (const each of sent) expect((await send(port, '/v1/logs', each)).status).toBe(200)
})

test.each([
  { way: 'of known length', sent: () => ({ headers: protobuf, body: Buffer.alloc(65 * MiB) }) },
  { way: 'in chunks', sent: () => ({ headers: protobuf, body: gzipMembers(Buffer.alloc(MiB), 65) }) },
  {
    way: 'only when inflated',
    sent: () => ({ headers: { ...protobuf, ...gzipped }, body: gzipMembers(gzipSync(Buffer.alloc(MiB)), 65) }),
  },
  {
    way: 'in gzip that inflates to little',
    sent: () => ({ headers: { ...protobuf, ...gzipped }, body: endlessGzipHeader() }),
  },
])('65 MiB $way are refused with 413, which the sender gets to read', async ({ sent }) => {
  const receiver = await http()
  const reply = await send(receiver.port, '/v1/traces', sent())
  expect(reply).toMatchObject({ status: 413, headers: protobuf })
  expect(statusIn(reply).code).toBe(8)
  expect(receiver.bodies).toEqual([])
  expect(receiver.refusals).toHaveLength(1)
})

test('a sender that reads only when it has sent everything gets the answer too', async () => {
  const { port } = await http({ maxBytes: 6 * MiB })
  const { socket, text } = await rawConnection(port)
  socket.pause()
  socket.write(`POST /v1/logs HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${String(8 * MiB)}\r\n\r\n`)
  await new Promise((resolve) => socket.write(Buffer.alloc(8 * MiB), resolve))
  socket.resume()
  expect(await text).toMatch(/^HTTP\/1\.1 415 /)
})

test('a length above the limit is refused before a byte of the body is sent', async () => {
  const { port } = await http({ timing: { drainMs: 50 } })
  const { socket, text } = await rawConnection(port)
  socket.write(
    'POST /v1/logs HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n',
  )
  expect(await text).toMatch(/^HTTP\/1\.1 413 .*"code":8/s)
})

test('a sender that waits to continue is refused without being asked for the body', async () => {
  const { port } = await http({ timing: { drainMs: 50 } })
  const { socket, text } = await rawConnection(port)
  const head = ['POST /v1/logs HTTP/1.1', 'host: localhost', 'expect: 100-continue', 'content-length: 99999999']
  socket.write([...head, 'content-type: application/json', '', ''].join('\r\n'))
  expect(await text).toMatch(/^HTTP\/1\.1 413 /)
})

test('a gzip bomb of 1 GiB is refused without being held', async () => {
  const { port } = await http()
  const bomb = () => gzipMembers(gzipSync(Buffer.alloc(8 * MiB)), 128)
  let status = 0
  const growth = await memoryGrowth(async () => {
    const reply = await send(port, '/v1/traces', { headers: { ...protobuf, ...gzipped }, body: bomb() })
    status = reply.status
  })
  expect(status).toBe(413)
  expect(growth).toBeLessThan(200 * MiB)
})

/** A gzip file whose name never ends (RFC 1952, 2.3), so that it inflates to nothing. */
function* endlessGzipHeader(): Generator<Buffer> {
  yield Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3])
  yield* gzipMembers(Buffer.alloc(MiB, 'name'), 65)
}

function statusIn(reply: Reply): { code: number; message: string } {
  if (reply.headers['content-type'] === json['content-type']) {
    return JSON.parse(reply.body.toString()) as { code: number; message: string }
  }
  const { code, message } = rpcStatus.toObject(rpcStatus.decode(reply.body))
  return { code: Number(code), message: String(message) }
}

const rpcStatus = protobufjs
  .parse('syntax = "proto3"; message Status { int32 code = 1; string message = 2; }')
  .root.lookupType('Status')
