import { status } from '@grpc/grpc-js'
import { expect, test, vi } from 'vitest'
import { encodeExportResponse } from '../../../src/engine/receivers/export-response.ts'
import { encodeRetryStatus, rpcCode } from '../../../src/engine/receivers/rpc-status.ts'
import { asProtobuf, loadCapture } from '../../captures.ts'
import { freePort } from '../../free-port.ts'
import { startGrpcCollector, type GrpcBehaviour, type GrpcReceived } from './grpc-collector.ts'
import { destination, openSpool, tracesBody, type SpoolUnderTest } from './spool-under-test.ts'

const bytesOf = (taken: readonly GrpcReceived[]): string[] => taken.map(({ body }) => body.toString('hex'))
const hex = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString('hex')

function spoolTo(port: number, over: Parameters<typeof destination>[1] = {}): SpoolUnderTest {
  return openSpool(destination(`http://127.0.0.1:${port}`, { protocol: 'grpc', ...over }))
}

test.each(['none', 'gzip'] as const)(
  'every body arrives in order with the metadata, OTLP/JSON as protobuf (%s)',
  async (compression) => {
    const collector = await startGrpcCollector()
    const bodies = [...loadCapture('09_subagents').bodies, ...loadCapture('10_json_redacted').bodies]
    const headers = [{ name: 'x-team', value: 'tools' }]
    const spool = spoolTo(collector.port, { headers, compression })
    for (const body of bodies) spool.store(body)
    await spool.sent()
    for (const signal of ['traces', 'logs', 'metrics'] as const) {
      const arrived = collector.taken.filter((call) => call.signal === signal)
      expect(bytesOf(arrived)).toEqual(
        bodies.filter((body) => body.signal === signal).map((body) => hex(asProtobuf(body))),
      )
    }
    for (const { metadata } of collector.taken) expect(metadata['x-team']).toBe('tools')
  },
)

const again: [string, GrpcBehaviour][] = [
  ...[
    status.CANCELLED,
    status.DEADLINE_EXCEEDED,
    status.ABORTED,
    status.OUT_OF_RANGE,
    status.UNAVAILABLE,
    status.DATA_LOSS,
  ].map((code): [string, GrpcBehaviour] => [status[code], { does: 'answer', code }]),
  ['RESOURCE_EXHAUSTED with RetryInfo', exhausted(0)],
  ['a reset', { does: 'reset' }],
]

test.each(again)('after %s the same body is sent again, once, and order is kept', async (_name, behaviour) => {
  const collector = await startGrpcCollector()
  const spool = spoolTo(collector.port, { signals: ['traces'] })
  const bodies = [tracesBody(), tracesBody(), tracesBody()]
  collector.next.push({ does: 'ok' }, behaviour, behaviour)
  for (const body of bodies) spool.store(body)
  await spool.sent()
  expect(bytesOf(collector.taken)).toEqual(bodies.map(hex))
  expect(collector.asked).toHaveLength(5)
  expect(spool.lane()).toMatchObject({ sent: 3, refused: 0, error: null })
})

test.each([
  status.UNKNOWN,
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.PERMISSION_DENIED,
  status.RESOURCE_EXHAUSTED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAUTHENTICATED,
])('code %i is final: the body counts as refused, and the next is sent', async (code) => {
  const collector = await startGrpcCollector()
  const spool = spoolTo(collector.port, { signals: ['traces'] })
  const bodies = [tracesBody(2), tracesBody()]
  collector.next.push({ does: 'answer', code })
  for (const body of bodies) spool.store(body)
  await spool.sent()
  expect(bytesOf(collector.taken)).toEqual(bodies.slice(1).map(hex))
  expect(spool.lane()).toMatchObject({ sent: 1, refused: 2, refusal: `answered ${status[code]}: is ${status[code]}` })
})

test('RetryInfo is waited for', async () => {
  const collector = await startGrpcCollector()
  const spool = spoolTo(collector.port, { signals: ['traces'] })
  collector.next.push(exhausted(1))
  spool.store(tracesBody())
  await vi.waitFor(() => expect(spool.lane()).toMatchObject({ state: 'waiting' }))
  await spool.sent()
  const [first, second] = collector.asked
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990)
})

test('an endpoint that hangs is given up after the time-out and asked again', async () => {
  const collector = await startGrpcCollector()
  const spool = spoolTo(collector.port, { signals: ['traces'], timeoutS: 3 })
  const body = tracesBody()
  collector.next.push({ does: 'hang' })
  spool.store(body)
  await vi.waitFor(() => expect(spool.lane().error).toBe('no answer within 3 s'), { interval: 5 })
  await spool.sent()
  expect(bytesOf(collector.taken)).toEqual([hex(body)])
})

test('a connection that breaks mid-answer is the one case in which a body arrives twice', async () => {
  const collector = await startGrpcCollector()
  const spool = spoolTo(collector.port, { signals: ['traces'] })
  const body = tracesBody()
  collector.next.push({ does: 'break' })
  spool.store(body)
  await spool.sent()
  expect(bytesOf(collector.taken)).toEqual([hex(body), hex(body)])
})

test('what a partial success refuses is counted with its words', async () => {
  const collector = await startGrpcCollector()
  const spool = spoolTo(collector.port, { signals: ['traces'] })
  const body = Buffer.from(encodeExportResponse('traces', 'protobuf', { rejected: 2, message: 'too old' }))
  collector.next.push({ does: 'partial', body })
  spool.store(tracesBody(5))
  await spool.sent()
  expect(spool.lane()).toMatchObject({ sent: 3, refused: 2, refusal: 'too old' })
})

test('an endpoint that was away gets everything soon after it comes back', async () => {
  const port = await freePort()
  const away = await startGrpcCollector(port)
  const spool = spoolTo(port, { signals: ['traces'] })
  spool.store(tracesBody())
  await spool.sent()
  await away.close()
  const bodies = Array.from({ length: 20 }, () => tracesBody())
  for (const body of bodies) spool.store(body)
  await vi.waitFor(() => expect(spool.lane()).toMatchObject({ state: 'failing', queuedRequests: 20 }))
  // The first attempt may still have met the connection as it broke.
  const refused = /^nobody listens at this address \(connect ECONNREFUSED [^ ]+\)$/
  await vi.waitFor(() => expect(spool.lane().error).toMatch(refused), { timeout: 10_000 })
  const back = await startGrpcCollector(port)
  await spool.sent()
  expect(bytesOf(back.taken)).toEqual(bodies.map(hex))
})

function exhausted(retryAfterS: number): GrpcBehaviour {
  const details = Buffer.from(encodeRetryStatus(rpcCode.resourceExhausted, 'slow down', retryAfterS))
  return { does: 'answer', code: status.RESOURCE_EXHAUSTED, details }
}
