import { once } from 'node:events'
import { createServer } from 'node:net'
import { status } from '@grpc/grpc-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Accepted } from '../../../src/engine/receivers/received-body.ts'
import { freePort } from '../../free-port.ts'
import { defaultTiming } from '../../../src/engine/receivers/timing.ts'
import { call, closed, framed, openCall, rawSession, statusOf } from './grpc-client.ts'
import { rawConnection } from './http-client.ts'
import { grpc, pending, stored } from './under-test.ts'

const payload = Buffer.from('payload')

/** The receiver's time passes where a test says so: a wait that is short enough to be waited for is too short on a busy machine. */
function ownClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  onTestFinished(() => void vi.useRealTimers())
}

test('IPv6 loopback is served on the same port', async () => {
  const receiver = await grpc()
  expect((await call(`[::1]:${String(receiver.port)}`, payload)).code).toBe(status.OK)
})

test.each(['127.0.0.1', '::1'])('a port that is taken on %s is named by the error', async (host) => {
  const port = await freePort()
  const holder = createServer().listen(port, host)
  await once(holder, 'listening')
  await expect(grpc({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', port })
  holder.close()
  await once(holder, 'close')
  expect((await grpc({ port })).port).toBe(port)
})

test.each([
  { what: 'never begins', part: Buffer.alloc(0) },
  { what: 'stops half-way', part: framed(payload, false, 1000) },
  { what: 'is whole but never ended', part: framed(payload) },
])('a call whose message $what is ended in time, and its connection with it', async ({ part }) => {
  const receiver = await grpc({ timing: { bodyMs: 60, drainMs: 30 } })
  const session = rawSession(receiver.port)
  const stream = openCall(session)
  stream.write(part)
  expect(await statusOf(stream)).toBe(status.DEADLINE_EXCEEDED)
  await closed(session)
  expect(receiver.bodies).toEqual([])
  expect(receiver.refusals).toEqual(['traces grpc: the message did not arrive in time'])
})

test.each([
  { what: 'no message', part: Buffer.alloc(0) },
  { what: 'half a message', part: framed(payload, false, 1000) },
])('a call that ends with $what is refused', async ({ part }) => {
  const receiver = await grpc()
  const stream = openCall(rawSession(receiver.port))
  stream.end(part)
  expect(await statusOf(stream)).toBe(status.INVALID_ARGUMENT)
  expect(receiver.bodies).toEqual([])
  expect(receiver.refusals).toEqual(['traces grpc: the call ended before its message did'])
})

test('a slow store does not count as a slow sender', async () => {
  ownClock()
  const { promise, resolve } = pending<Accepted>()
  let reached = 0
  const receiver = await grpc({ accept: () => (reached++, promise) })
  const slow = openCall(rawSession(receiver.port))
  slow.end(framed(payload))
  await vi.waitUntil(() => reached === 1)
  const session = rawSession(receiver.port)
  const never = openCall(session)
  await once(never, 'ready')
  // Once a ping is answered, what went before it has arrived.
  await new Promise((answered) => session.ping(answered))
  const ended = statusOf(never)
  await vi.advanceTimersByTimeAsync(defaultTiming.bodyMs)
  expect(await ended).toBe(status.DEADLINE_EXCEEDED)
  resolve(stored)
  expect(await statusOf(slow)).toBe(status.OK)
})

test('a call that is aborted half-way is counted and does not disturb the next one', async () => {
  const receiver = await grpc()
  const session = rawSession(receiver.port)
  const stream = openCall(session)
  await once(stream, 'ready')
  stream.write(framed(payload, false, 1000))
  // Once a ping is answered, what went before it has arrived.
  session.ping(() => {
    session.destroy()
  })
  await vi.waitUntil(() => receiver.refusals.length > 0)
  expect(receiver.refusals).toEqual(['traces grpc: the call ended before its message did'])
  expect((await call(receiver.address, payload)).code).toBe(status.OK)
  expect(receiver.bodies).toHaveLength(1)
})

test('a client that leaves before it is answered disturbs nothing', async () => {
  const { promise, resolve } = pending<Accepted>()
  let reached = 0
  const receiver = await grpc({ accept: () => (reached++, promise) })
  const session = rawSession(receiver.port)
  openCall(session).end(framed(payload))
  await vi.waitUntil(() => reached === 1)
  session.destroy()
  resolve(stored)
  expect((await call(receiver.address, payload)).code).toBe(status.OK)
  expect(receiver.refusals).toEqual([])
})

test('an idle connection is closed', async () => {
  ownClock()
  const receiver = await grpc()
  const session = rawSession(receiver.port)
  const stream = openCall(session)
  stream.end(framed(payload))
  expect(await statusOf(stream)).toBe(status.OK)
  const { text } = await rawConnection(receiver.port)
  // Its call may not have ended yet on the receiver's side, and it is idle from then on.
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(defaultTiming.idleMs)
    expect(session.destroyed).toBe(true)
  })
  // And so is one that never said anything.
  await text
})

test('HTTP/1.1 that comes to this port ends its connection and nothing else', async () => {
  const receiver = await grpc()
  const { socket, text } = await rawConnection(receiver.port)
  socket.write('POST /v1/logs HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n')
  await text
  expect((await call(receiver.address, payload)).code).toBe(status.OK)
})

test('closing answers what is in flight, ends idle connections, and refuses new ones', async () => {
  const { promise, resolve } = pending<Accepted>()
  let reached = 0
  const receiver = await grpc({ accept: () => (reached++, promise), timing: { closeMs: 10_000 } })
  const idle = await rawConnection(receiver.port)
  const inFlight = call(receiver.address, payload)
  await vi.waitUntil(() => reached === 1)

  const closing = receiver.close()
  await expect(rawConnection(receiver.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  resolve(stored)
  expect((await inFlight).code).toBe(status.OK)
  await closing
  await idle.text
})

test('closing waits for a call that is never answered only so long', async () => {
  let reached = 0
  const receiver = await grpc({ accept: () => (reached++, pending<Accepted>().promise), timing: { closeMs: 50 } })
  const inFlight = call(receiver.address, payload)
  await vi.waitUntil(() => reached === 1)
  await receiver.close()
  expect((await inFlight).code).not.toBe(status.OK)
})
