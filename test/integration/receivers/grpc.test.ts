import { gzipSync } from 'node:zlib'
import { status } from '@grpc/grpc-js'
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { call, exportPath, framed, openCall, rawSession, statusOf } from './grpc-client.ts'
import { gzipMembers, grpc, memoryGrowth, MiB, type Given } from './under-test.ts'

const payload = Buffer.from('any bytes: the receiver does not decode them')
const detailsName = 'grpc-status-details-bin'

describe.each([{ gzip: false }, { gzip: true }])('over gRPC, gzip $gzip', ({ gzip }) => {
  test.each(['traces', 'logs', 'metrics'] as const)(
    '%s reach accept as sent and are answered with an empty message',
    async (signal) => {
      const receiver = await grpc()
      const reply = await call(receiver.address, payload, { path: exportPath[signal], gzip })
      expect(reply).toMatchObject({ code: status.OK, message: Buffer.alloc(0) })
      expect(receiver.bodies).toEqual([
        { signal, transport: 'grpc', encoding: 'protobuf', bytes: new Uint8Array(payload) },
      ])
      expect(receiver.refusals).toEqual([])
    },
  )

  test.each([0, 1000, 9 * MiB + 7])('a message of %d bytes arrives whole in a buffer of its own', async (size) => {
    const receiver = await grpc()
    const message = Buffer.alloc(size, 'telemetry ')
    expect((await call(receiver.address, message, { gzip })).code).toBe(status.OK)
    const bytes = receiver.bodies[0]?.bytes ?? new Uint8Array(1)
    expect(message.equals(bytes)).toBe(true)
    expect(bytes).toMatchObject({ byteOffset: 0, byteLength: bytes.buffer.byteLength })
  })
})

test('refused records are counted in a partial success', async () => {
  const { address } = await grpc({ accepted: { kind: 'stored', records: 5, rejected: 300, message: 'too old' } })
  const { code, message } = await call(address, payload)
  expect(code).toBe(status.OK)
  expect(decode('Response', message)).toEqual({ partial: { rejected: 300, message: 'too old' } })
})

test('a message without refused records is a warning', async () => {
  const { address } = await grpc({ accepted: { kind: 'stored', records: 5, rejected: 0, message: 'values were cut' } })
  const { code, message } = await call(address, payload)
  expect(code).toBe(status.OK)
  expect(decode('Response', message)).toEqual({ partial: { message: 'values were cut' } })
})

test.each<{ what: string; code: status; given: Given }>([
  {
    what: 'a malformed message',
    code: status.INVALID_ARGUMENT,
    given: { accepted: { kind: 'malformed', message: 'no' } },
  },
  { what: 'too large', code: status.RESOURCE_EXHAUSTED, given: { accepted: { kind: 'too_large', message: 'no' } } },
  { what: 'a failing store', code: status.INTERNAL, given: { accept: () => Promise.reject(new Error('broken')) } },
])('$what is answered with a code that is not retried', async ({ code, given }) => {
  const { address, refusals } = await grpc(given)
  const reply = await call(address, payload)
  expect(reply.code).toBe(code)
  expect(reply.trailers.get(detailsName)).toEqual([])
  expect(refusals).toEqual([])
})

test('a closed store is UNAVAILABLE and says when to retry', async () => {
  const { address } = await grpc({ accepted: { kind: 'unavailable', message: 'closing', retryAfterS: 5 } })
  const reply = await call(address, payload)
  expect(reply).toMatchObject({ code: status.UNAVAILABLE, details: 'closing' })
  const [details] = reply.trailers.get(detailsName)
  const { code, message, details: any } = decode('Status', Buffer.from(details ?? ''))
  expect({ code, message }).toEqual({ code: 14, message: 'closing' })
  expect(any).toMatchObject([{ url: 'type.googleapis.com/google.rpc.RetryInfo' }])
  expect(decode('RetryInfo', (any as { value: Uint8Array }[])[0]?.value ?? payload)).toEqual({ delay: { seconds: 5 } })
})

test('an unknown service is UNIMPLEMENTED', async () => {
  const { address } = await grpc()
  const path = '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export'
  expect((await call(address, payload, { path })).code).toBe(status.UNIMPLEMENTED)
})

test('65 MiB are refused, 64 MiB are taken', async () => {
  const receiver = await grpc()
  const tooLarge = await call(receiver.address, Buffer.alloc(65 * MiB))
  expect(tooLarge.code).toBe(status.RESOURCE_EXHAUSTED)
  expect(tooLarge.trailers.get(detailsName)).toEqual([])
  expect(receiver.bodies).toEqual([])
  expect(receiver.refusals).toHaveLength(1)
  expect(receiver.refusals[0]).toMatch(/^traces grpc: /)

  expect((await call(receiver.address, Buffer.alloc(64 * MiB))).code).toBe(status.OK)
})

test('a gzip bomb of 1 GiB is refused without being held', async () => {
  const receiver = await grpc()
  const bomb = Buffer.concat([...gzipMembers(gzipSync(Buffer.alloc(8 * MiB)), 128)])
  const stream = openCall(rawSession(receiver.port), { 'grpc-encoding': 'gzip' })
  let code: number | null = null
  const growth = await memoryGrowth(async () => {
    stream.end(framed(bomb, true))
    code = await statusOf(stream)
  })
  expect(code).toBe(status.RESOURCE_EXHAUSTED)
  expect(growth).toBeLessThan(200 * MiB)
  expect(receiver.bodies).toEqual([])
  expect(receiver.refusals).toHaveLength(1)
})

test.each([
  { what: 'bytes that are not gzip', encoding: 'gzip', message: payload, code: status.INVALID_ARGUMENT },
  {
    what: 'gzip cut short',
    encoding: 'gzip',
    message: gzipSync(payload).subarray(0, -6),
    code: status.INVALID_ARGUMENT,
  },
  { what: 'an unknown compression', encoding: 'br', message: payload, code: status.UNIMPLEMENTED },
])('$what is refused', async ({ encoding, message, code }) => {
  const receiver = await grpc()
  const stream = openCall(rawSession(receiver.port), { 'grpc-encoding': encoding })
  stream.end(framed(message, true))
  expect(await statusOf(stream)).toBe(code)
  expect(receiver.bodies).toEqual([])
  expect(receiver.refusals).toHaveLength(1)
})

test.each(['evil.example', '127.0.0.1.evil.example:4317'])('authority %s is refused', async (authority) => {
  const receiver = await grpc()
  const reply = await call(receiver.address, payload, { authority })
  expect(reply.code).toBe(status.PERMISSION_DENIED)
  expect(receiver.bodies).toEqual([])
  expect(receiver.refusals).toEqual([`traces grpc: ${reply.details}`])
})

test.each(['localhost', '[::1]:4317', 'otel.example:4317'])('authority %s is welcome', async (authority) => {
  const { address } = await grpc({ allowedHosts: ['otel.example'] })
  expect((await call(address, payload, { authority })).code).toBe(status.OK)
})

test('a foreign origin is refused', async () => {
  const { port } = await grpc()
  const stream = openCall(rawSession(port), { origin: 'https://evil.example' })
  stream.end(framed(payload))
  expect(await statusOf(stream)).toBe(status.PERMISSION_DENIED)
})

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Response { Partial partial = 1; }
  message Partial { int64 rejected = 1; string message = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message Any { string url = 1; bytes value = 2; }
  message RetryInfo { Duration delay = 1; }
  message Duration { int64 seconds = 1; int32 nanos = 2; }
`)

function decode(type: string, bytes: Uint8Array): Record<string, unknown> {
  const message = root.lookupType(type)
  return message.toObject(message.decode(bytes), { longs: Number })
}
