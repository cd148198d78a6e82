import fc from 'fast-check'
import { statSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { exportFormat, redactionKinds } from '../../../src/contract/exchange.ts'
import { jsonToProtobuf } from '../../../src/engine/otlp/json-to-protobuf.ts'
import { privacyFilter } from '../../../src/engine/otlp/privacy.ts'
import type { JsonObject } from '../../../src/model/exchange/record-json.ts'
import { recordRedactor } from '../../../src/model/exchange/redact-record.ts'
import { noTally } from '../../../src/model/exchange/tally.ts'
import { contentNames, contentValues, marked, places, surroundings } from './content-anywhere.ts'
import { inTemporaryFolder, withEngine, type UnderTest } from './engine-under-test.ts'
import { jsonBody, logRequest, texts } from './requests.ts'
import { storedBodies } from './stored-bodies.ts'

const everything = { dropPrompts: true, dropArguments: true, dropOutputs: true, maskEmail: true }
const inBase64 = Buffer.from(marked).toString('base64').slice(0, 20)

test('content is left out of any attribute of a family, wherever it stands and however it is nested', () => {
  const filter = privacyFilter(everything)
  const redact = recordRedactor(new Set(redactionKinds), [], noTally)
  fc.assert(
    fc.property(
      fc.constantFrom(...contentNames),
      fc.constantFrom(...contentValues),
      fc.constantFrom(...surroundings),
      fc.constantFrom(...Object.values(places)),
      (name, value, surround, place) => {
        const { signal, request } = place([{ key: 'kept.id', value: { stringValue: 'kept' } }, surround(name, value)])
        const bytes = new Uint8Array(jsonToProtobuf(signal, Buffer.from(JSON.stringify(request))))
        const once = filter(signal, bytes)
        const stored = Buffer.from(once.body)
        expect(stored.includes(marked)).toBe(false)
        expect(stored.includes('kept')).toBe(true)
        expect(filter(signal, once.body)).toEqual({ body: once.body, edited: 0 })
        const shared = JSON.stringify(redact(request as JsonObject))
        expect(shared).not.toContain(marked)
        expect(shared).not.toContain(inBase64)
      },
    ),
    { numRuns: 3000 },
  )
})

const namedByTheLog = ['gen_ai.user.message', 'gen_ai.assistant.message', 'gen_ai.choice', 'acme.prompt']

test.each(namedByTheLog)('the body of the log %s is content', (name) => {
  const filter = privacyFilter(everything)
  const named = [{ eventName: name }, { attributes: texts({ 'event.name': name }) }]
  for (const event of named) {
    const request = logRequest({ ...event, body: { stringValue: marked } })
    const { body } = filter('logs', new Uint8Array(jsonToProtobuf('logs', Buffer.from(JSON.stringify(request)))))
    expect(Buffer.from(body).includes(marked)).toBe(false)
  }
})

test('what a sender writes twice in one value is left out both times', () => {
  const once = jsonToProtobuf(
    'logs',
    Buffer.from(JSON.stringify(logRequest({ attributes: texts({ prompt: marked }) }))),
  )
  const bytes = Buffer.from(once)
  // string_value again, empty: a decoder sees that one only.
  const at = bytes.indexOf(marked) - 2
  const twice = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at), Buffer.from([0x0a, 0])])
  const enclosing = [1, 1, 1, 1, 1].reduce<number[]>((found) => [...found, lengthBefore(bytes, found)], [])
  for (const place of enclosing) twice[place] = (twice[place] ?? 0) + 2
  expect(Buffer.from(privacyFilter(everything)('logs', new Uint8Array(twice)).body).includes(marked)).toBe(false)

  /** The next outer message's length, one byte each: they all end where the body does. */
  function lengthBefore(body: Buffer, found: readonly number[]): number {
    for (let i = (found.at(-1) ?? at) - 1; i >= 0; i--) if (i + 1 + (body[i] ?? 0) === body.length) return i
    throw new Error('no message around it')
  }
})

/** Whatever a reader of the data folder could find. */
function stored(dataDir: string): string {
  const files = readdirSync(dataDir)
    .map((name) => join(dataDir, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)
    .map((file) => readFileSync(file, 'latin1'))
  return (
    files.join('') +
    storedBodies(dataDir)
      .map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
      .join('')
  )
}

async function sendAll(engine: UnderTest): Promise<void> {
  const session = texts({ 'gen_ai.conversation.id': 'talk-1', 'gen_ai.operation.name': 'chat' })
  const attributes = contentNames.map((key) => ({ key, value: { stringValue: marked } }))
  const spans = ['span', 'span event', 'span link', 'resource', 'scope'].map((place) => places[place]?.(attributes))
  const logs = ['log', 'log body'].map((place) => places[place]?.([...session, ...attributes] as object[]))
  for (const [number, sent] of [...spans, ...logs].entries()) {
    if (sent === undefined) throw new Error('no such place')
    const spanId = (number + 1).toString(16).padStart(16, '0')
    const body = JSON.stringify(sent.request).replaceAll('"name":"chat"', `"name":"chat","spanId":"${spanId}"`)
    expect((await engine.post(jsonBody(sent.signal, JSON.parse(body)))).status).toBe(200)
  }
  const chat = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'aaaaaaaaaaaaaaaa', name: 'execute_tool look' }
  const times = { startTimeUnixNano: '1770000000000000000', endTimeUnixNano: '1770000001000000000' }
  const tool = { ...chat, ...times, attributes: [...session, ...attributes] }
  expect((await engine.post(jsonBody('traces', { resourceSpans: [{ scopeSpans: [{ spans: [tool] }] }] }))).status).toBe(
    200,
  )
  await engine.post(
    jsonBody('logs', {
      resourceLogs: [
        {
          resource: { attributes: texts({ 'service.name': 'claude-code' }) },
          scopeLogs: [
            {
              logRecords: ['user_prompt', 'tool_result'].map((name) => ({
                timeUnixNano: '1770000000000000000',
                body: { stringValue: `claude_code.${name}` },
                attributes: [
                  ...texts({ 'event.name': name, 'session.id': 'talk-2', tool_name: 'Bash' }),
                  ...attributes,
                ],
              })),
            },
          ],
        },
      ],
    }),
  )
  await engine.settled()
}

test('with every switch on, content reaches neither the file, nor a fact, nor a search', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await engine.ask('settings.write', { privacy: everything })
      await sendAll(engine)
      expect(stored(dataDir)).not.toContain(marked)
      const { sessions } = await engine.ask('session.list', { apps: 'all', limit: 100 })
      expect(sessions.map(({ id }) => id)).toEqual(expect.arrayContaining(['talk-1', 'talk-2']))
      for (const { id, title } of sessions) {
        // A mark is no title and no argument.
        expect(title ?? '').not.toMatch(/redacted/i)
        expect(JSON.stringify(await engine.ask('session.tree', { id }))).not.toMatch(/redacted/i)
      }
    }),
  ))

test('a redacted export holds no content in any format', () =>
  inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await sendAll(engine)
      expect(stored(dataDir)).toContain(marked)
      for (const format of exportFormat.options)
        for (const id of ['talk-1', 'talk-2']) {
          const { exportId } = await engine.ask('export.start', { id, format, redact: [...redactionKinds] })
          await vi.waitFor(
            async () => expect((await engine.ask('export.progress', { exportId })).done).toBe(true),
            20_000,
          )
          const bytes = await engine.ask('export.read', { exportId, offset: 0 })
          const file = Buffer.from(bytes).toString('utf8')
          expect(file.length).toBeGreaterThan(100)
          expect([format, id, file.includes(marked)]).toEqual([format, id, false])
          await engine.ask('export.end', { exportId })
        }
    }),
  ))
