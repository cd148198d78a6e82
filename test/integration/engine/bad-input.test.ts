import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asProtobuf, loadCapture, type CapturedBody } from '../../captures.ts'
import { nest } from '../../unit/engine/otlp/wire.ts'
import { send } from '../receivers/http-client.ts'
import { gzipMembers, MiB } from '../receivers/under-test.ts'
import { startUnderTest, type UnderTest } from './engine-under-test.ts'
import { grpcClient } from './grpc-export.ts'
import { expectNextIsStored } from './next-request.ts'
import { jsonBody, promptOf, spanRequest, turnSpan } from './requests.ts'
import { countRows, sums } from './tables.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'colophon-bad-'))
let engine: UnderTest

beforeAll(async () => {
  engine = await startUnderTest({ dataDir })
})
afterAll(async () => {
  await engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Rows of every table but those that are worked out a while later, also from what was sent before. */
function storedRows(): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(countRows(dataDir)).filter(([table]) => !sums.test(table)))
}

/** Runs `sendBad` and expects that no table has a row more or less. */
async function expectNothingLeft(sendBad: () => Promise<void>): Promise<void> {
  await engine.settled()
  const before = storedRows()
  await sendBad()
  await engine.settled()
  expect(storedRows()).toEqual(before)
  await expectNextIsStored(engine)
}

const onePoint = {
  resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'half', gauge: { dataPoints: [{ asInt: 1 }] } }] }] }],
}
const captured = loadCapture('09_subagents').bodies
const malformed: { what: string; body: CapturedBody }[] = [
  ...captured.slice(0, 8).map((body, i) => ({
    what: `${body.signal} ${i + 1} of a run cut short`,
    body: { ...body, bytes: body.bytes.slice(0, Math.floor((body.bytes.length * (i + 1)) / 9)) },
  })),
  { what: 'JSON cut short', body: { ...promptOf('cut'), bytes: promptOf('cut').bytes.slice(0, -3) } },
  { what: 'JSON as protobuf', body: { ...promptOf('mistaken'), encoding: 'protobuf' } },
  {
    what: 'JSON that is no UTF-8',
    body: { ...promptOf('bytes'), bytes: new Uint8Array(Buffer.from('{"resourceLogs": [], "\xff": 1}', 'latin1')) },
  },
  { what: 'JSON with a wrong id', body: jsonBody('traces', spanRequest(turnSpan('wrong', { spanId: 'abc' }))) },
  { what: 'a good span before a broken one', body: goodThenBroken(jsonBody('traces', spanRequest(turnSpan('half')))) },
  { what: 'a good log before a broken one', body: goodThenBroken(promptOf('half')) },
  { what: 'a good metric before a broken one', body: goodThenBroken(jsonBody('metrics', onePoint)) },
]

describe('a malformed body', () => {
  test.each(malformed)('$what is answered with 400 and leaves nothing', async ({ body }) => {
    await expectNothingLeft(async () => {
      expect((await engine.post(body)).status).toBe(400)
    })
  })

  test('over gRPC it is an invalid argument', async () => {
    const client = grpcClient(engine.grpcAddress)
    await expectNothingLeft(async () => {
      for (const { body } of malformed.filter((each) => each.body.encoding === 'protobuf'))
        expect(await client.send(body)).toBe(3)
    })
    client.close()
  })
})

describe('bytes by chance', () => {
  test('that are no request at all are refused, or hold no record', async () => {
    const bodies = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 300 }), { numRuns: 200, seed: 4317 })
    await expectNothingLeft(async () => {
      for (const [i, bytes] of bodies.entries()) {
        const signal = (['traces', 'logs', 'metrics'] as const)[i % 3] ?? 'traces'
        const { status } = await engine.post({ signal, encoding: 'protobuf', bytes: new Uint8Array(bytes) })
        expect([200, 400]).toContain(status)
      }
    })
  })

  test('in the place of some of a request never stop the next one', async () => {
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255), of: fc.nat() })
    for (const changes of fc.sample(fc.array(change, { minLength: 1, maxLength: 4 }), { numRuns: 60, seed: 4318 })) {
      const body = captured[(changes[0]?.of ?? 0) % captured.length] as CapturedBody
      const bytes = body.bytes.slice()
      for (const { at, byte } of changes) bytes[at % bytes.length] = byte
      expect([200, 400]).toContain((await engine.post({ ...body, bytes })).status)
    }
    await expectNextIsStored(engine)
  })
})

describe('what never reaches the store', () => {
  const headers = { 'content-type': 'application/x-protobuf' }
  test.each([
    { what: 'another content type', status: 415, sent: { headers: { 'content-type': 'text/plain' } } },
    { what: '65 MiB', status: 413, sent: { headers, body: Buffer.alloc(65 * MiB) } },
    {
      what: '1 GiB in gzip',
      status: 413,
      sent: {
        headers: { ...headers, 'content-encoding': 'gzip' },
        body: gzipMembers(gzipSync(Buffer.alloc(MiB)), 1024),
      },
    },
  ])('$what is answered with $status', async ({ status, sent }) => {
    await expectNothingLeft(async () => {
      expect((await send(engine.httpPort, '/v1/traces', sent)).status).toBe(status)
    })
  })
})

/** A good record, and behind it one with a field that claims more bytes than there are: found only when it is read. */
function goodThenBroken(good: CapturedBody): CapturedBody {
  const { signal, bytes } = asProtobuf(good)
  return {
    signal,
    encoding: 'protobuf',
    bytes: new Uint8Array([...bytes, ...nest(Buffer.from([0x0a, 0x7f]), [2, 2, 1])]),
  }
}
