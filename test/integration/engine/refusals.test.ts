import { once } from 'node:events'
import { connect as connectTls } from 'node:tls'
import { expect, test, vi } from 'vitest'
import { jsonToProtobuf } from '../../../src/engine/otlp/json-to-protobuf.ts'
import { refusals } from '../../../src/engine/refusals.ts'
import type { Signal } from '../../../src/model/signal.ts'
import { send } from '../receivers/http-client.ts'
import { inTemporaryFolder, withEngine } from './engine-under-test.ts'

const json = { 'content-type': 'application/json', 'user-agent': 'exporter/1' }
const protobuf = { 'content-type': 'application/x-protobuf', 'user-agent': 'exporter/1' }
const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }

const requests: Readonly<Record<Signal, object>> = {
  traces: {
    resourceSpans: [
      { resource: {}, scopeSpans: [{ spans: [{ ...ids, name: 'a', startTimeUnixNano: '1', endTimeUnixNano: '2' }] }] },
    ],
  },
  logs: {
    resourceLogs: [
      { resource: {}, scopeLogs: [{ logRecords: [{ observedTimeUnixNano: '5', body: { stringValue: 'x' } }] }] },
    ],
  },
  metrics: {
    resourceMetrics: [
      {
        resource: {},
        scopeMetrics: [
          { metrics: [{ name: 'm', unit: '1', gauge: { dataPoints: [{ asInt: '1', timeUnixNano: '5' }] } }] },
        ],
      },
    ],
  },
}

test('a request of one signal at another’s path is refused with where it belongs, in each encoding', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      for (const [found, request] of Object.entries(requests) as [Signal, object][])
        for (const at of ['traces', 'logs', 'metrics'] as const) {
          const text = Buffer.from(JSON.stringify(request))
          const bytes = Buffer.from(jsonToProtobuf(found, text))
          const replies = [
            await send(engine.httpPort, `/v1/${at}`, { headers: json, body: text }),
            await send(engine.httpPort, `/v1/${at}`, { headers: protobuf, body: bytes }),
          ]
          for (const { status } of replies) expect([found, at, status]).toEqual([found, at, found === at ? 200 : 400])
        }
      const { refusals: told, store } = await engine.ask('status', {})
      expect(told).toHaveLength(6)
      expect(told.find(({ path }) => path === '/v1/logs')).toMatchObject({
        reason: expect.stringContaining('belongs to /v1/') as string,
        agent: 'exporter/1',
        peer: '127.0.0.1',
        requests: 2,
      })
      expect(store).toMatchObject({ spans: 1, logs: 1, metricPoints: 1, apps: 1 })
    }),
  ))

test.each([
  ['{"ResourceLogs":[]}', 'resourceLogs, not ResourceLogs'],
  ['{"resource_spans":[]}', 'belongs to /v1/traces'],
  ['{"resourceLogs":[],"resource_metrics":[]}', 'belongs to /v1/metrics'],
  ['{"logs":[]}', 'holds its logs in resourceLogs, and this has only "logs"'],
  ['{"a":1,"b":2,"c":3,"d":4}', 'only "a", "b", "c", others'],
])('%s is no request of logs', (body, reason) => {
  expect(() => jsonToProtobuf('logs', Buffer.from(body))).toThrow(reason)
})

test.each([
  '{"resource_logs":[]}',
  '{"resourceLogs":[]}',
  '{"resourceLogs":null}',
  '{"later":1,"resourceLogs":[]}',
  '{}',
])('%s is one', (body) => {
  expect(() => jsonToProtobuf('logs', Buffer.from(body))).not.toThrow()
})

test('a request of which nothing is known is refused with what OTLP names its records, and Health hears of it', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const answer = async (body: string): Promise<number> =>
        (await send(engine.httpPort, '/v1/traces', { headers: json, body: Buffer.from(body) })).status
      expect(await answer('{}')).toBe(200)
      expect(await answer('{"resourceSpans":[],"later":{}}')).toBe(200)
      expect(await answer('{"spans":[]}')).toBe(400)
      const { refusals: told } = await engine.ask('status', {})
      expect(told).toMatchObject([{ path: '/v1/traces', requests: 1 }])
      expect(told[0]?.reason).toContain('resourceSpans')
    }),
  ))

const olderNames: Readonly<Record<Signal, string>> = {
  traces: 'instrumentationLibrarySpans',
  logs: 'instrumentationLibraryLogs',
  metrics: 'instrumentationLibraryMetrics',
}

test('a request whose records stand where OTLP has none is answered with a warning, and Health hears of it', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'old' } }] }
      for (const [signal, older] of Object.entries(olderNames) as [Signal, string][]) {
        const group = `resource${signal === 'traces' ? 'Spans' : signal === 'logs' ? 'Logs' : 'Metrics'}`
        const text = Buffer.from(JSON.stringify({ [group]: [{ resource, [older]: [{ spans: [ids] }] }] }))
        // In protobuf it is field 1000 of the group.
        const now = Buffer.from(jsonToProtobuf(signal, text))
        const bytes = Buffer.concat([
          Buffer.from([0x0a, now.length + 1]),
          now.subarray(2),
          Buffer.from('c23e00', 'hex'),
        ])
        bytes[1] = bytes.length - 2
        for (const [headers, body] of [
          [json, text],
          [protobuf, bytes],
        ] as const) {
          const reply = await send(engine.httpPort, `/v1/${signal}`, { headers, body })
          expect(reply.status).toBe(200)
          expect(reply.body.toString()).toContain(older)
        }
        const scope = group.replace('resource', 'scope')
        for (const odd of [
          { [older]: [{ spans: [ids] }] },
          { [scope.replace('s', 'S')]: [{ spans: [ids] }] },
          { [scope]: [{ items: [ids] }] },
        ]) {
          const reply = await send(engine.httpPort, `/v1/${signal}`, {
            headers: json,
            body: Buffer.from(JSON.stringify({ [group]: [odd] })),
          })
          expect(reply.body.toString(), JSON.stringify(odd)).toContain('came without a record')
        }
      }
      const { refusals: told } = await engine.ask('status', {})
      expect(told.map(({ path, requests: times }) => [path, times])).toEqual([
        ['/v1/metrics', 5],
        ['/v1/logs', 5],
        ['/v1/traces', 5],
      ])
      const metrics = [
        { name: 'misspelled', Sum: { dataPoints: [{ asInt: '1' }] } },
        { name: 'empty', unit: 's' },
      ]
      const misspelled = Buffer.from(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }))
      expect((await send(engine.httpPort, '/v1/metrics', { headers: json, body: misspelled })).status).toBe(200)
      const { notUnderstood } = await engine.ask('health.names', {})
      expect(notUnderstood.values.map(({ name }) => name)).toEqual(['misspelled'])
      const whole = Buffer.from(JSON.stringify(requests.traces))
      const reply = await send(engine.httpPort, '/v1/traces', { headers: json, body: whole })
      expect(reply.body.toString()).toBe('{}')
    }),
  ))

test('Health hears of every refusal, with what to change', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const { httpPort } = engine
      await send(httpPort, '/v1/log', { headers: json, body: Buffer.from('{}') })
      await send(httpPort, '/v1/logs/', { headers: json, body: Buffer.from('{}') })
      await send(httpPort, '/v1/logs', { headers: { 'content-type': 'text/plain' }, body: Buffer.from('{}') })
      await send(httpPort, '/v1/logs', { headers: { ...json, host: 'box.lan:4318' }, body: Buffer.from('{}') })
      await send(httpPort, '/v1/logs', { headers: json, body: Buffer.from('not json') })
      const socket = connectTls({ port: httpPort, host: '127.0.0.1', rejectUnauthorized: false })
      await once(socket, 'error')
      await vi.waitFor(async () => {
        const { refusals: told } = await engine.ask('status', {})
        const reasons = told.map(({ path, reason }) => `${path}: ${reason}`)
        expect(reasons).toEqual([
          expect.stringContaining('http://'),
          expect.stringMatching(/^\/v1\/logs: body: not JSON/),
          expect.stringMatching(/box\.lan.*Settings, Receivers/),
          expect.stringContaining('not "text/plain"'),
          expect.stringMatching(/^\/v1\/logs\/: no such path/),
          expect.stringMatching(/^\/v1\/log: no such path/),
        ])
      })
    }),
  ))

test('the same refusals of one sender are one, and what is remembered is bounded', () => {
  let atMs = 0
  const kept = refusals(() => ++atMs)
  const request = {
    signal: null,
    transport: 'http',
    peer: '127.0.0.1',
    agent: 'a\u001b[2J',
    reachedStore: false,
  } as const
  for (let i = 0; i < 200; i++) kept.note({ ...request, path: `/${i}`, message: 'no' })
  for (let i = 0; i < 3; i++) kept.note({ ...request, path: '/x', message: 'no' })
  expect(kept.read()).toHaveLength(50)
  expect(kept.read()[0]).toEqual({
    ...{ transport: 'http', path: '/x', peer: '127.0.0.1', agent: 'a?[2J', reason: 'no' },
    ...{ requests: 3, firstMs: 201, lastMs: 203 },
  })
})
