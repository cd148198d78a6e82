import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { json, protobuf as protobufType, send } from './http-client.ts'
import { http, MiB } from './under-test.ts'

const payload = Buffer.from('any bytes: the receiver does not decode them')

describe.each([
  { encoding: 'protobuf', type: 'application/x-protobuf', empty: '' },
  { encoding: 'json', type: 'application/json', empty: '{}' },
])('over HTTP with $type', ({ encoding, type, empty }) => {
  test.each(['traces', 'logs', 'metrics'])(
    '%s reach accept as sent and are answered with an empty message',
    async (signal) => {
      const receiver = await http()
      const reply = await send(receiver.port, `/v1/${signal}`, { headers: { 'content-type': type }, body: payload })

      expect(reply).toMatchObject({ status: 200, headers: { 'content-type': type } })
      expect(reply.body.toString()).toBe(empty)
      expect(receiver.bodies).toEqual([{ signal, transport: 'http', encoding, bytes: new Uint8Array(payload) }])
      expect(receiver.refusals).toEqual([])
    },
  )

  test('an empty body is a success', async () => {
    const receiver = await http()
    const reply = await send(receiver.port, '/v1/logs', { headers: { 'content-type': type } })
    expect(reply.status).toBe(200)
    expect(receiver.bodies[0]?.bytes).toHaveLength(0)
  })

  test.each([
    ['traces', 'rejectedSpans'],
    ['logs', 'rejectedLogRecords'],
    ['metrics', 'rejectedDataPoints'],
  ])('refused records of %s are counted in a partial success', async (signal, name) => {
    const accepted = { kind: 'stored', records: 5, rejected: 2, message: 'two were too old' } as const
    const { port } = await http({ accepted })
    const reply = await send(port, `/v1/${signal}`, { headers: { 'content-type': type }, body: payload })

    expect(reply.status).toBe(200)
    if (encoding === 'json') {
      const partialSuccess = { [name]: '2', errorMessage: 'two were too old' }
      expect(JSON.parse(reply.body.toString())).toEqual({ partialSuccess })
    } else {
      expect(exportResponse.decode(reply.body)).toMatchObject({ partial: { rejected: 2, message: 'two were too old' } })
    }
  })

  test('a message without refused records is a warning', async () => {
    const { port } = await http({ accepted: { kind: 'stored', records: 5, rejected: 0, message: 'values were cut' } })
    const reply = await send(port, '/v1/traces', { headers: { 'content-type': type }, body: payload })
    expect(reply.status).toBe(200)
    if (encoding === 'json') {
      expect(JSON.parse(reply.body.toString())).toEqual({ partialSuccess: { errorMessage: 'values were cut' } })
    } else {
      expect(exportResponse.decode(reply.body)).toMatchObject({ partial: { rejected: 0, message: 'values were cut' } })
    }
  })
})

test('the content type may carry parameters and capitals', async () => {
  const receiver = await http()
  const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
  const reply = await send(receiver.port, '/v1/traces', { headers, body: payload })
  expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
  expect(receiver.bodies[0]?.encoding).toBe('json')
})

test.each(['identity', 'none', 'gzip'])('content encoding %s is taken', async (encoding) => {
  const receiver = await http()
  const body = encoding === 'gzip' ? gzipSync(payload) : payload
  const reply = await send(receiver.port, '/v1/traces', {
    headers: { ...protobufType, 'content-encoding': encoding },
    body,
  })
  expect(reply.status).toBe(200)
  expect(Buffer.from(receiver.bodies[0]?.bytes ?? [])).toEqual(payload)
})

test('an empty body that is said to be gzip is a success', async () => {
  const receiver = await http()
  const reply = await send(receiver.port, '/v1/traces', { headers: { ...json, 'content-encoding': 'gzip' } })
  expect(reply.status).toBe(200)
  expect(receiver.bodies[0]?.bytes).toHaveLength(0)
})

test.each([
  { way: 'of known length', gzip: false, chunked: false },
  { way: 'in chunks', gzip: false, chunked: true },
  { way: 'gzipped', gzip: true, chunked: false },
  { way: 'gzipped in chunks', gzip: true, chunked: true },
])('a large body $way arrives whole in a buffer of its own', async ({ gzip, chunked }) => {
  const receiver = await http()
  const large = randomBytes(9 * MiB + 7)
  const wire = gzip ? gzipSync(large, { level: 1 }) : large
  const reply = await send(receiver.port, '/v1/traces', {
    headers: gzip ? { ...protobufType, 'content-encoding': 'gzip' } : protobufType,
    body: chunked ? slices(wire, 50_001) : wire,
  })
  expect(reply.status).toBe(200)
  const bytes = receiver.bodies[0]?.bytes ?? new Uint8Array(0)
  expect(large.equals(bytes)).toBe(true)
  expect(bytes).toMatchObject({ byteOffset: 0, byteLength: bytes.buffer.byteLength })
})

test('a sender that asks whether to continue is told so and then answered', async () => {
  const receiver = await http()
  const headers = { ...json, expect: '100-continue', 'content-length': payload.length }
  const reply = await send(receiver.port, '/v1/traces', { headers, body: payload })
  expect(reply.status).toBe(200)
  expect(receiver.bodies).toHaveLength(1)
})

const root = protobuf.parse(`
  syntax = "proto3";
  message Response { Partial partial = 1; }
  message Partial { int64 rejected = 1; string message = 2; }
`).root
const responseType = root.lookupType('Response')
const exportResponse = {
  decode: (bytes: Uint8Array) => responseType.toObject(responseType.decode(bytes), { longs: Number, defaults: true }),
}

function* slices(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
