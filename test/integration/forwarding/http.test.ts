import { expect, test, vi } from 'vitest'
import { encodeExportResponse } from '../../../src/engine/receivers/export-response.ts'
import { loadCapture } from '../../captures.ts'
import { freePort } from '../../free-port.ts'
import { startCollector, type Behaviour, type Received } from './collectors.ts'
import { destination, logsBody, openSpool, tracesBody } from './spool-under-test.ts'

const bytesOf = (taken: readonly Received[]): string[] => taken.map(({ body }) => body.toString('hex'))
const hex = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString('hex')

test('every body of a real run arrives unchanged, in order for its signal, with the headers', async () => {
  const collector = await startCollector()
  const { bodies } = loadCapture('09_subagents')
  const headers = [{ name: 'Authorization', value: 'Bearer secret-token-1234' }]
  const spool = openSpool(destination(`${collector.url}/otlp/`, { headers }))
  for (const body of bodies) spool.store(body)
  await spool.sent()

  for (const signal of ['traces', 'logs', 'metrics'] as const) {
    const arrived = collector.taken.filter(({ path }) => path === `/otlp/v1/${signal}`)
    expect(bytesOf(arrived)).toEqual(bodies.filter((body) => body.signal === signal).map(hex))
  }
  for (const { headers: sent } of collector.taken) {
    expect(sent.authorization).toBe('Bearer secret-token-1234')
    expect(sent['content-type']).toBe('application/x-protobuf')
  }
  expect(spool.db.prepare('SELECT count(*) AS rows FROM forward_queue').get()).toEqual({ rows: 0 })
})

test('OTLP/JSON arrives as the JSON that was received, and a body is queued without a copy of its bytes otherwise', async () => {
  const collector = await startCollector()
  const { bodies } = loadCapture('10_json_redacted')
  const spool = openSpool(destination(collector.url, { compression: 'gzip' }))
  const protobuf = tracesBody()
  for (const body of [...bodies, protobuf]) spool.store(body)
  const originals = spool.db.prepare<[], number>('SELECT count(*) FROM forward_original').pluck().get()
  expect(originals).toBe(bodies.filter(({ encoding }) => encoding === 'json').length)
  await spool.sent()
  expect(bytesOf(collector.taken).sort()).toEqual([...bodies, protobuf].map(hex).sort())
  for (const { headers } of collector.taken) expect(headers['content-encoding']).toBe('gzip')
  expect(collector.taken.filter(({ headers }) => headers['content-type'] === 'application/json')).toHaveLength(
    originals ?? 0,
  )
  expect(spool.db.prepare('SELECT count(*) AS rows FROM forward_original').get()).toEqual({ rows: 0 })
})

test('a body with values over the limits goes on whole, although it is stored cut', async () => {
  const collector = await startCollector()
  const spool = openSpool(destination(collector.url))
  const { signal, bytes } = tracesBody()
  // A resource attribute `k` with a text of 5 MiB, as one more resourceSpans.
  const text = Buffer.alloc(5 * 1024 * 1024, 'x')
  const value = field(0x0a, text)
  const attribute = field(0x0a, Buffer.concat([field(0x0a, Buffer.from('k')), field(0x12, value)]))
  const whole = new Uint8Array(Buffer.concat([bytes, field(0x0a, field(0x0a, attribute))]))
  spool.store({ signal, encoding: 'protobuf', bytes: whole })
  expect(spool.db.prepare('SELECT count(*) AS rows FROM forward_original').get()).toEqual({ rows: 1 })
  await spool.sent()
  expect(collector.taken[0]?.body.equals(whole)).toBe(true)
})

test.each<[string, Behaviour]>([
  ['429', { does: 'answer', status: 429 }],
  ['502', { does: 'answer', status: 502 }],
  ['503', { does: 'answer', status: 503 }],
  ['504', { does: 'answer', status: 504 }],
  ['a redirect', { does: 'answer', status: 307, headers: { location: 'http://127.0.0.1:1/v1/traces' } }],
  ['a web page', { does: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
  ['a reset', { does: 'reset' }],
])('after %s the same body is sent again, once, and order is kept', async (_name, behaviour) => {
  const collector = await startCollector()
  const spool = openSpool(destination(collector.url, { signals: ['traces'] }))
  const bodies = [tracesBody(), tracesBody(), tracesBody()]
  collector.next.push({ does: 'ok' }, behaviour, behaviour)
  for (const body of bodies) spool.store(body)
  await spool.sent()
  expect(bytesOf(collector.taken)).toEqual(bodies.map(hex))
  expect(collector.asked).toHaveLength(5)
  expect(spool.lane()).toMatchObject({ sent: 3, sentRequests: 3, refused: 0, dropped: 0, error: null })
})

test('an endpoint that hangs is given up after the time-out and asked again; other signals do not wait for it', async () => {
  const collector = await startCollector()
  const spool = openSpool(destination(collector.url, { timeoutS: 3 }))
  const traces = tracesBody()
  const logs = logsBody()
  collector.next.push({ does: 'hang' })
  spool.store(traces)
  await vi.waitFor(() => expect(collector.asked).toHaveLength(1))
  spool.store(logs)
  await vi.waitFor(() => expect(bytesOf(collector.taken)).toEqual([hex(logs)]))
  await vi.waitFor(() => expect(spool.lane().error).toBe('no answer within 3 s'), { interval: 5 })
  await spool.sent()
  expect(bytesOf(collector.taken)).toEqual([hex(logs), hex(traces)])
})

test('a connection that breaks mid-answer is the one case in which a body arrives twice', async () => {
  const collector = await startCollector()
  const spool = openSpool(destination(collector.url, { signals: ['traces'] }))
  const bodies = [tracesBody(), tracesBody()]
  collector.next.push({ does: 'break' })
  for (const body of bodies) spool.store(body)
  await spool.sent()
  expect(bytesOf(collector.taken)).toEqual([bodies[0], ...bodies].map((body) => hex(body ?? tracesBody())))
})

test('Retry-After is waited for, in seconds and as a date', async () => {
  const collector = await startCollector()
  const spool = openSpool(destination(collector.url, { signals: ['traces'] }))
  collector.next.push({ does: 'answer', status: 429, headers: { 'retry-after': '1' } })
  spool.store(tracesBody())
  await vi.waitFor(() => expect(spool.lane()).toMatchObject({ state: 'waiting', queued: 1 }))
  expect(spool.lane().error).toBe('answered 429 Too Many Requests')
  await spool.sent()
  const [first, second] = collector.asked
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990)

  // Far enough that it is still to come when it is looked at; nobody waits for it.
  const later = new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000).toUTCString()
  collector.next.push({ does: 'answer', status: 503, headers: { 'retry-after': later } })
  spool.store(tracesBody())
  await vi.waitFor(() => expect(spool.lane().nextTryMs).not.toBeNull())
  // By a clock that was read twice, with as much between as a busy machine puts there.
  expect(Math.abs((spool.lane().nextTryMs ?? 0) - Date.parse(later))).toBeLessThan(20_000)
})

test.each([400, 401, 404, 413, 500])(
  '%i is final: the body counts as refused, and the next is sent',
  async (status) => {
    const collector = await startCollector()
    const spool = openSpool(destination(collector.url, { signals: ['traces'] }))
    const bodies = [tracesBody(3), tracesBody()]
    collector.next.push({ does: 'answer', status, body: 'not like that' })
    for (const body of bodies) spool.store(body)
    await spool.sent()
    expect(bytesOf(collector.taken)).toEqual([hex(bodies[1] ?? tracesBody())])
    expect(collector.asked).toHaveLength(2)
    const lane = spool.lane()
    expect(lane).toMatchObject({ sent: 1, refused: 3, dropped: 0 })
    expect(lane.refusal).toMatch(new RegExp(`^answered ${status} .*: not like that$`))
  },
)

test.each(['protobuf', 'json'] as const)(
  'what a partial success refuses is counted with its words (%s)',
  async (encoding) => {
    const collector = await startCollector()
    const spool = openSpool(destination(collector.url, { signals: ['traces'] }))
    const partial = encodeExportResponse('traces', encoding, { rejected: 2, message: 'too old' })
    collector.next.push({
      does: 'partial',
      body: Buffer.from(partial),
      type: `application/${encoding === 'json' ? 'json' : 'x-protobuf'}`,
    })
    spool.store(tracesBody(5))
    await spool.sent()
    expect(spool.lane()).toMatchObject({ sent: 3, refused: 2, refusal: 'too old' })
  },
)

test('an endpoint that was away gets everything when it comes back', async () => {
  const port = await freePort()
  const spool = openSpool(destination(`http://localhost:${port}`, { signals: ['traces'] }))
  const bodies = Array.from({ length: 20 }, () => tracesBody())
  for (const body of bodies) spool.store(body)
  await vi.waitFor(() => expect(spool.lane()).toMatchObject({ state: 'failing', queuedRequests: 20 }))
  expect(spool.lane().error).toMatch(/^nobody listens at this address \(connect ECONNREFUSED /)
  const back = await startCollector(port)
  await spool.sent()
  expect(bytesOf(back.taken)).toEqual(bodies.map(hex))
})

test('an endpoint that quotes a key does not get it shown', async () => {
  const collector = await startCollector()
  const headers = [{ name: 'x-api-key', value: 'sesame-open-0815-4711' }]
  const spool = openSpool(destination(collector.url, { signals: ['traces'], headers }))
  collector.next.push({ does: 'answer', status: 401, body: 'unknown key sesame-open-0815-4711' })
  spool.store(tracesBody())
  await spool.sent()
  expect(spool.lane().refusal).toBe('answered 401 Unauthorized: unknown key ••••')
})

test('two destinations have a place in the queue each; one that is new starts with what comes after it', async () => {
  const [one, two] = [await startCollector(), await startCollector()]
  const spool = openSpool(destination(one.url, { signals: ['traces'] }))
  const [first, second] = [tracesBody(), tracesBody()]
  spool.store(first)
  await spool.sent()
  spool.writer.forwarding.save(destination(two.url, { name: 'second', signals: ['traces', 'logs'] }))
  spool.sender.reload()
  spool.store(second)
  await spool.sent()
  expect(bytesOf(one.taken)).toEqual([first, second].map(hex))
  expect(bytesOf(two.taken)).toEqual([hex(second)])
})

test('a corrected destination is tried at once with what is new', async () => {
  const collector = await startCollector()
  const spool = openSpool(destination('http://127.0.0.1:1', { signals: ['traces'] }))
  const body = tracesBody()
  spool.store(body)
  await vi.waitFor(() => expect(spool.lane().state).toBe('failing'))
  spool.writer.forwarding.save(destination(collector.url, { id: spool.lane().destination, signals: ['traces'] }))
  spool.sender.reload()
  await spool.sent()
  expect(bytesOf(collector.taken)).toEqual([hex(body)])
})

test('what waits for a destination that is switched off is dropped and counted', () => {
  const spool = openSpool(destination('http://127.0.0.1:1', { signals: ['traces'] }))
  spool.store(tracesBody(4))
  const { destination: id } = spool.lane()
  spool.writer.forwarding.save(destination('http://127.0.0.1:1', { id, signals: ['traces'], enabled: false }))
  spool.sender.reload()
  spool.store(tracesBody())
  expect(spool.lane()).toMatchObject({ state: 'off', queued: 0, dropped: 4 })
  expect(spool.db.prepare('SELECT count(*) AS rows FROM forward_queue').get()).toEqual({ rows: 0 })
})

test('a repeated body is sent once', async () => {
  const collector = await startCollector()
  const spool = openSpool(destination(collector.url, { signals: ['traces'] }))
  const body = tracesBody()
  spool.store(body)
  spool.store(body)
  await spool.sent()
  spool.store(body)
  await spool.sent()
  expect(collector.taken).toHaveLength(1)
})

/** A length-delimited field of protobuf. */
function field(tag: number, bytes: Uint8Array): Buffer {
  const length: number[] = []
  let rest = bytes.length
  for (; rest > 0x7f; rest >>>= 7) length.push((rest & 0x7f) | 0x80)
  return Buffer.concat([Buffer.from([tag, ...length, rest]), bytes])
}
