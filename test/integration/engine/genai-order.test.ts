import { expect, test } from 'vitest'
import { exportPieces } from '../../../src/engine/exchange/export-session.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { sessionFile } from '../../../src/model/exchange/session-file.ts'
import { loadCapture, shuffled, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder, withEngine } from './engine-under-test.ts'
import { claudeCode, geminiCli, shop, support } from './genai-apps.ts'
import { sdkApp, type SdkApp } from './sdk-app.ts'
import { openStore } from './store-under-test.ts'
import { storedBodies } from './stored-bodies.ts'
import { readFacts, type Tables } from './tables.ts'

test('the facts of applications do not depend on the order of arrival, nor on repetition', async () => {
  const bodies = await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      for (const [resource, run] of [
        [shop, (app: SdkApp) => [support(app, 'conv-1'), support(app, null, 3000), support(app, 'conv-1', 7000)]],
        [{ 'service.name': 'claude-code' }, claudeCode],
        [{ 'service.name': 'gemini-cli' }, geminiCli],
      ] as const) {
        const app = sdkApp(engine, 'HTTP', resource)
        run(app)
        await app.close()
      }
      return storedBodies(dataDir)
    }),
  )
  expect(bodies.length).toBeGreaterThan(25)
  const expected = await factsOf(bodies, true)
  expect(expected['session']).toHaveLength(4)
  for (const [arriving, settledBetween] of [
    [bodies.toReversed(), true],
    [shuffled(bodies, 7), true],
    [shuffled(bodies, 99), true],
    [shuffled(bodies, 1234), false],
    [bodies.flatMap((body) => [body, body]), false],
    [[...bodies, ...inOne(bodies)], true],
    [[...inOne(bodies), ...bodies], false],
  ] as const)
    expect(await factsOf(arriving, settledBetween)).toEqual(expected)
  expect(await factsOf(bodies, false, true)).toEqual(expected)
})

test('what an application says of a conversation of Codex changes none of its facts', async () => {
  const { bodies, conversations } = loadCapture('02_classic')
  const conversation = conversations[0]?.conversation ?? ''
  const foreign = await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const app = sdkApp(engine, 'HTTP', shop)
      support(app, conversation)
      await app.close()
      return storedBodies(dataDir)
    }),
  )
  expect(conversation).not.toBe('')
  const alone = await factsOf(bodies, true)
  for (const arriving of [[...bodies, ...foreign], [...foreign, ...bodies], shuffled([...bodies, ...foreign], 3)]) {
    const { session, ...others } = await factsOf(arriving, true)
    const { session: ownSession, ...own } = alone
    const ofCodex = session?.filter(({ kind }) => kind !== 'app').map(withoutDimension)
    expect(ofCodex).toEqual(ownSession?.map(withoutDimension))
    expect(ofCodexAlone(others)).toEqual(ofCodexAlone(own))
    // The records that named no conversation are a session of their own: their trace.
    for (const table of ['genai_told', 'genai_call', 'genai_step', 'session_attribute']) {
      expect(others[table]?.length, table).toBeGreaterThan(0)
      expect(others[table]?.every(({ session_id: id }) => id !== conversation)).toBe(true)
    }
  }
})

test("an application's session is exported with its turns, calls, tools and records", async () => {
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      const app = sdkApp(engine, 'HTTP', shop)
      support(app, 'conv-1')
      await app.close()
      await engine.settled()
      const db = openForReading(dataDir)
      const text = (format: 'json' | 'otlp' | 'markdown' | 'perfetto'): string =>
        [...exportPieces(db, { id: 'conv-1', format, redact: [], version: '1' })].join('')
      const { facts } = sessionFile.parse(JSON.parse(text('json')))
      expect(facts.turns).toMatchObject([{ number: 1, prompt: 'support', state: 'done' }])
      expect(facts.apiCalls.map(({ status, inputTokens }) => [status, inputTokens])).toEqual([
        ['completed', 1000],
        ['completed', 12],
        ['failed', null],
      ])
      expect(facts.toolCalls).toMatchObject([{ callId: 'call_1', tool: 'search', summary: '{"q":"shoes"}' }])
      expect(text('otlp').match(/"spanId"/g)).toHaveLength(7)
      expect(text('markdown')).toContain('support')
      expect(text('perfetto')).toContain('search')
      db.close()
    }),
  )
})

/** All records of a signal in one request, as an exporter that tries again may group them: requests laid end to end are one. */
function inOne(bodies: readonly CapturedBody[]): CapturedBody[] {
  return (['traces', 'logs'] as const).map((signal) => ({
    ...{ signal, encoding: 'protobuf' },
    bytes: new Uint8Array(Buffer.concat(bodies.filter((body) => body.signal === signal).map(({ bytes }) => bytes))),
  }))
}

function withoutDimension({ dimension: _dimension, ...row }: Readonly<Record<string, unknown>>): unknown {
  return row
}

const notOfCodex = new Set(['dimension', 'session_attribute'])

/**
 * Without the tables of applications, and the attributes of their sessions, of which this capture has none; ids of dimensions are given in
 * the order of arrival.
 */
function ofCodexAlone(tables: Tables): Tables {
  return Object.fromEntries(
    Object.entries(tables).filter(([name]) => !notOfCodex.has(name) && !name.startsWith('genai_')),
  )
}

function factsOf(bodies: readonly CapturedBody[], settledBetween: boolean, rebuilt = false): Promise<Tables> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    store.replay(bodies, { settledBetween, rebuilt })
    store.close()
    return readFacts(dataDir)
  })
}
