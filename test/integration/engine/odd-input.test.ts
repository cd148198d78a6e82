import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { procedures, type Value } from '../../../src/contract/index.ts'
import { asProtobuf, type CapturedBody } from '../../captures.ts'
import { startUnderTest, type UnderTest } from './engine-under-test.ts'
import { expectNextIsStored } from './next-request.ts'
import { jsonBody, logRequest, nested, promptOf, spanRequest, texts, turnSpan } from './requests.ts'

/** Requests that OTLP allows, or wants answered with a partial success, and that no sane sender makes. */
const dataDir = mkdtempSync(join(tmpdir(), 'colophon-odd-'))
let engine: UnderTest

beforeAll(async () => {
  engine = await startUnderTest({ dataDir })
})
afterAll(async () => {
  await engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function answerTo(body: CapturedBody): Promise<unknown> {
  const { status, body: answer } = await engine.post(body)
  expect(status).toBe(200)
  return JSON.parse(answer.toString()) as unknown
}

async function treeOf(id: string): Promise<Value<'session.tree'>> {
  await engine.settled()
  return procedures['session.tree'].result.parse(await engine.ask('session.tree', { id }))
}

test('spans without ids are refused and said, those beside them stored', async () => {
  const zero = turnSpan('zero', { spanId: '0'.repeat(16) })
  const none = turnSpan('zero', { traceId: '' })
  expect(await answerTo(jsonBody('traces', spanRequest(zero, turnSpan('zero'), none)))).toEqual({
    partialSuccess: { rejectedSpans: '2', errorMessage: expect.stringContaining('trace id or span id') as string },
  })
  expect(await treeOf('zero')).toMatchObject({ spanCount: 1 })
  await expectNextIsStored(engine)
})

test('a span that ends before it starts has no length', async () => {
  const backwards = turnSpan('back', {
    startTimeUnixNano: '1790000005000000000',
    endTimeUnixNano: '1790000001000000000',
  })
  expect(await answerTo(jsonBody('traces', spanRequest(backwards)))).toEqual({})
  const { rows } = await treeOf('back')
  expect(rows.find(({ kind }) => kind === 'turn')).toMatchObject({ durationMs: 0 })
  const { spans } = await engine.ask('session.spans', { id: 'back', rowId: rows.at(-1)?.id ?? '' })
  expect(spans).toMatchObject([{ durationMs: 0 }])
  await expectNextIsStored(engine)
})

test.each([
  { year: '1970', startNs: 1n, endNs: 1_000_000_000n },
  { year: '2200', startNs: 7_258_118_400_000_000_000n, endNs: 7_258_118_401_000_000_000n },
  { year: '2262, the last that fits', startNs: 2n ** 63n - 2n, endNs: 2n ** 63n - 1n },
  { year: '2554', startNs: 2n ** 63n + 5n, endNs: 2n ** 64n - 1n },
])('records of the year $year are stored, and shown at the time of their arrival', async ({ year, startNs, endNs }) => {
  const id = `in ${year}`
  const beganMs = Date.now()
  const times = { startTimeUnixNano: String(startNs), endTimeUnixNano: String(endNs) }
  expect(await answerTo(jsonBody('traces', spanRequest(turnSpan(id, times))))).toEqual({})
  expect(await answerTo(promptOf(id, startNs))).toEqual({})
  const { rows } = await treeOf(id)
  // The prompt came after the span, which has no length: it may stand for a turn of its own.
  expect([...new Set(rows.map(({ kind }) => kind))]).toEqual(['session_loop', 'turn'])
  const session = (await engine.ask('session.list', {})).sessions.find((one) => one.id === id)
  expect(session?.startedAtMs).toBeGreaterThanOrEqual(beganMs)
  expect(session?.lastSeenAtMs).toBeLessThanOrEqual(Date.now())
  for (const procedure of ['session.list', 'process.list', 'status'] as const)
    procedures[procedure].result.parse(await engine.ask(procedure, {}))
  await expectNextIsStored(engine)
})

test('metrics of any time are stored', async () => {
  for (const timeUnixNano of ['0', '7258118400000000000', String(2n ** 64n - 1n)]) {
    const sum = { aggregationTemporality: 1, dataPoints: [{ timeUnixNano, asInt: '1' }] }
    const metrics = [{ name: 'codex.turns', sum }]
    expect(await answerTo(jsonBody('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }))).toEqual({})
  }
  await expectNextIsStored(engine)
})

test.each(['json', 'protobuf'] as const)('a value 200 arrays deep in %s is cut and said', async (encoding) => {
  const before = (await engine.ask('status', {})).signals.traces.cut
  const attributes = [...texts({ 'thread.id': `deep in ${encoding}` }), { key: 'deep', value: nested(200) }]
  const json = jsonBody('traces', spanRequest(turnSpan('', { attributes })))
  const { status, body } = await engine.post(encoding === 'json' ? json : asProtobuf(json))
  expect(status).toBe(200)
  expect(body.toString()).toContain('1 attribute values were cut')
  expect((await engine.ask('status', {})).signals.traces.cut).toBe(before + 1)
  await expectNextIsStored(engine)
})

test('an attribute of 10 MB is cut and said', async () => {
  const attributes = texts({
    'event.name': 'codex.user_prompt',
    'conversation.id': 'long',
    prompt: 'x'.repeat(10_000_000),
  })
  expect(
    await answerTo(jsonBody('logs', logRequest({ observedTimeUnixNano: '1790000000000000000', attributes }))),
  ).toEqual({ partialSuccess: { errorMessage: '1 attribute values were cut to the limits' } })
  await engine.settled()
  expect(await engine.ask('session.get', { id: 'long' })).toMatchObject({ prompts: 1, title: `${'x'.repeat(159)}…` })
  await expectNextIsStored(engine)
})

test('a text that is no UTF-8 is stored and shown as far as it can be', async () => {
  const { bytes } = asProtobuf(promptOf('broken-text'))
  const at = Buffer.from(bytes).indexOf('hello')
  bytes[at + 1] = 0xff
  expect((await engine.post({ signal: 'logs', encoding: 'protobuf', bytes })).status).toBe(200)
  await engine.settled()
  expect(await engine.ask('session.get', { id: 'broken-text' })).toMatchObject({ title: 'h\ufffdllo' })
  await expectNextIsStored(engine)
})
