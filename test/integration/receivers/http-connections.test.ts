import { once } from 'node:events'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { json, rawConnection, send } from './http-client.ts'
import { http, pending, stored } from './under-test.ts'
import type { Accepted } from '../../../src/engine/receivers/received-body.ts'
import { freePort } from '../../free-port.ts'

const body = Buffer.from('{}')
const head = 'POST /v1/logs HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'

test('IPv6 loopback is served on the same port', async () => {
  const receiver = await http()
  expect(receiver.address).toBe(`127.0.0.1:${String(receiver.port)}`)
  expect((await send(receiver.port, '/v1/logs', { host: '::1', headers: json, body })).status).toBe(200)
})

test('a receiver of IPv6 loopback names its address in brackets', async () => {
  const receiver = await http({ host: '::1' })
  expect(receiver.address).toBe(`[::1]:${String(receiver.port)}`)
})

test.each(['127.0.0.1', '::1'])('a port that is taken on %s is named by the error', async (host) => {
  const port = await freePort()
  const holder = createServer().listen(port, host)
  await once(holder, 'listening')
  await expect(http({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', port })
  holder.close()
  await once(holder, 'close')
  // Nothing of the failed start holds the port.
  expect((await http({ port })).port).toBe(port)
})

test('a header that does not arrive in time is answered with 408', async () => {
  const receiver = await http({ timing: { headerMs: 60, drainMs: 20 } })
  const { socket, text } = await rawConnection(receiver.port)
  socket.write('POST /v1/logs HTTP/1.1\r\n')
  expect(await text).toMatch(/^HTTP\/1\.1 408 .*"code":4/s)
  expect(receiver.refusals).toEqual(['null http: the request header did not arrive in time'])
})

test.each([
  { way: 'of known length', begin: 'content-length: 100\r\n\r\n{"half' },
  { way: 'in chunks', begin: 'transfer-encoding: chunked\r\n\r\n6\r\n{"half\r\n' },
  { way: 'in gzip', begin: 'content-encoding: gzip\r\ncontent-length: 100\r\n\r\n' },
])('a body $way that does not arrive in time is answered with 408', async ({ begin }) => {
  const receiver = await http({ timing: { bodyMs: 60, drainMs: 20 } })
  const { socket, text } = await rawConnection(receiver.port)
  socket.write(head + begin)
  expect(await text).toMatch(/^HTTP\/1\.1 408 .*"code":4/s)
  expect(receiver.refusals).toEqual(['logs http: the body did not arrive in time'])
})

test('a body that is aborted is counted and does not disturb the next one', async () => {
  const receiver = await http()
  const { socket } = await rawConnection(receiver.port)
  socket.write(`${head}content-encoding: gzip\r\ncontent-length: 100\r\n\r\n`)
  socket.write(gzipSync(body).subarray(0, 10), () => socket.resetAndDestroy())
  await vi.waitUntil(() => receiver.refusals.length > 0)
  expect(receiver.refusals).toEqual(['logs http: the connection ended before the body did'])
  expect((await send(receiver.port, '/v1/logs', { headers: json, body })).status).toBe(200)
  expect(receiver.bodies).toHaveLength(1)
})

test('a sender that leaves before it is answered disturbs nothing', async () => {
  const { promise, resolve } = pending<Accepted>()
  let reached = 0
  const receiver = await http({ accept: () => (reached++, promise) })
  const { socket } = await rawConnection(receiver.port)
  socket.write(`${head}content-length: 2\r\n\r\n{}`)
  await vi.waitUntil(() => reached === 1)
  socket.resetAndDestroy()
  resolve(stored)
  expect((await send(receiver.port, '/v1/logs', { headers: json, body })).status).toBe(200)
})

test('broken chunking is answered with 400', async () => {
  const receiver = await http({ timing: { drainMs: 20 } })
  const { socket, text } = await rawConnection(receiver.port)
  socket.write(`${head}transfer-encoding: chunked\r\n\r\nnot a length\r\n`)
  expect(await text).toMatch(/^HTTP\/1\.1 400 .*"code":3/s)
  await vi.waitUntil(() => receiver.refusals.length === 1)
  expect(receiver.bodies).toEqual([])
})

test('gRPC that comes to this port is told so', async () => {
  const receiver = await http({ timing: { drainMs: 20 } })
  const { socket, text } = await rawConnection(receiver.port)
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  expect(await text).toMatch(/^HTTP\/1\.1 400 .*not gRPC/s)
  expect(receiver.refusals).toEqual([
    'null http: this port takes OTLP over HTTP/1.1, not gRPC: send gRPC to the other port',
  ])
})

test('a connection serves one request after another', async () => {
  const receiver = await http()
  const { socket, text } = await rawConnection(receiver.port)
  const one = `${head}content-length: 2\r\n\r\n{}`
  socket.write(one + one)
  await vi.waitUntil(() => receiver.bodies.length === 2)
  socket.write(one.replace('host', 'connection: close\r\nhost'))
  expect((await text).match(/HTTP\/1\.1 200/g)).toHaveLength(3)
})

test('an idle connection is closed', async () => {
  const receiver = await http({ timing: { idleMs: 50 } })
  const { socket, text } = await rawConnection(receiver.port)
  socket.write(`${head}content-length: 2\r\n\r\n{}`)
  expect(await text).toMatch(/^HTTP\/1\.1 200/)
})

test('closing answers what is in flight, ends idle connections, and refuses new ones', async () => {
  const { promise, resolve } = pending<Accepted>()
  let reached = 0
  const receiver = await http({ accept: () => (reached++, promise), timing: { closeMs: 10_000 } })
  const idle = await rawConnection(receiver.port)
  const inFlight = send(receiver.port, '/v1/logs', { headers: { ...json, connection: 'keep-alive' }, body })
  await vi.waitUntil(() => reached === 1)

  const closing = receiver.close()
  await expect(rawConnection(receiver.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  resolve(stored)
  expect(await inFlight).toMatchObject({ status: 200, headers: { connection: 'close' } })
  await closing
  await idle.text
})

test('closing waits for a request that is never answered only so long', async () => {
  let reached = 0
  const receiver = await http({ accept: () => (reached++, pending<Accepted>().promise), timing: { closeMs: 50 } })
  const { socket, text } = await rawConnection(receiver.port)
  socket.write(`${head}content-length: 2\r\n\r\n{}`)
  await vi.waitUntil(() => reached === 1)
  await receiver.close()
  expect(await text).toBe('')
})
