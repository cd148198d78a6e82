import { expect, test } from 'vitest'
import type { Value } from '../../../src/contract/index.ts'
import { procedures } from '../../../src/contract/index.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { jsonBody, logRequest, promptOf, spanRequest, texts, turnSpan } from '../engine/requests.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'

/** Put together here, so that no scanner takes this file for a leak. */
const random = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0'
const key = `sk-${random}`
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTYifQ', 'c2lnbmF0dXJlLW9mLWl0'].join('.')
const atNs = 1_790_000_000_000_000_000n
const everything = { fromMs: 0, toMs: 9e12 }

function toolResult(conversation: string, content: object, ns = atNs): object {
  return {
    timeUnixNano: String(ns),
    attributes: texts({
      'event.name': 'codex.tool_result',
      'conversation.id': conversation,
      call_id: 'call_1',
      tool_name: 'shell',
      ...content,
    }),
  }
}

/** Every step until there is none. */
function lookThrough(store: StoreUnderTest, params: object = everything): Value<'explore.secrets'>['found'] {
  const found: Value<'explore.secrets'>['found'] = []
  let after: string | undefined
  do {
    const step = store.reader['explore.secrets'](procedures['explore.secrets'].params.parse({ ...params, after }))
    found.push(...step.found)
    after = step.next ?? undefined
  } while (after !== undefined)
  return found
}

const inStore = (run: (store: StoreUnderTest) => void): Promise<void> =>
  inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      store.store(promptOf('clean'))
      // What is told of a session is no secret either, though its first prompt holds one.
      const prompt = { 'event.name': 'codex.user_prompt', 'conversation.id': 'two', prompt: `use ${key}` }
      store.store(jsonBody('logs', logRequest({ timeUnixNano: String(atNs - 1n), attributes: texts(prompt) })))
      store.store(
        jsonBody(
          'logs',
          logRequest(
            toolResult('one', { arguments: `{"cmd":"OPENAI_API_KEY=${key} run"}`, output: `${jwt}\n${jwt}` }),
            toolResult('two', { output: `Authorization: Bearer ${random}` }, atNs + 1_000_000_000n),
          ),
        ),
      )
      store.store(
        jsonBody(
          'traces',
          spanRequest(
            turnSpan('one', {
              attributes: texts({ 'thread.id': 'one', 'turn.id': 'turn-1', note: `token=${random}` }),
            }),
          ),
        ),
      )
      store.settle()
      run(store)
    } finally {
      store.close()
    }
  })

test('secrets in logs and spans of a range are told by kind, attribute and session, and never themselves', () =>
  inStore((store) => {
    const found = lookThrough(store)
    expect(found.map(({ sessionId, name, places, callId }) => ({ sessionId, name, places, callId }))).toEqual([
      {
        ...{ sessionId: 'two', name: 'codex.tool_result', callId: 'call_1' },
        places: [{ kind: 'Bearer header', field: 'output', count: 1 }],
      },
      {
        ...{ sessionId: 'one', name: 'codex.tool_result', callId: 'call_1' },
        places: [
          { kind: 'sk- key', field: 'arguments', count: 1 },
          { kind: 'JWT', field: 'output', count: 2 },
        ],
      },
      {
        ...{ sessionId: 'two', name: 'codex.user_prompt', callId: null },
        places: [{ kind: 'sk- key', field: 'prompt', count: 1 }],
      },
      {
        sessionId: 'one',
        name: 'session_task.turn',
        callId: null,
        places: [{ kind: 'assignment', field: 'note', count: 1 }],
      },
    ])
    for (const secret of [random.slice(0, 20), jwt]) expect(JSON.stringify(found)).not.toContain(secret)
    for (const { ref } of found) expect(store.reader['explore.record']({ ref }).record).toHaveProperty('record')
  }))

test('they are looked for within the range and among the sessions of the filters alone', () =>
  inStore((store) => {
    const atMs = Number(atNs / 1_000_000n)
    const logs = lookThrough(store, { fromMs: atMs + 500, toMs: atMs + 1500 })
    expect(logs.map(({ sessionId }) => sessionId)).toEqual(['two'])
    store.db.prepare("INSERT INTO user_mark (session_id, name, starred, note) VALUES ('one', NULL, 1, NULL)").run()
    const starred = lookThrough(store, { ...everything, filters: { starred: true } })
    expect(starred.map(({ sessionId }) => sessionId)).toEqual(['one', 'one'])
  }))

test('a span without a time that can be is looked through where it arrived', () =>
  inStore((store) => {
    const noTime = { startTimeUnixNano: '0', endTimeUnixNano: '0' }
    const attributes = texts({ 'thread.id': 'one', 'turn.id': 'turn-9', note: `token=${random}` })
    store.store(jsonBody('traces', spanRequest(turnSpan('one', { spanId: 'b7ad6b7169203331', ...noTime, attributes }))))
    const now = lookThrough(store, { fromMs: Date.now() - 600_000, toMs: Date.now() + 600_000 })
    expect(now.map(({ sessionId, places }) => [sessionId, places[0]?.field])).toEqual([['one', 'note']])
  }))

test('a step that begins nowhere is refused', () =>
  inStore((store) => {
    const params = procedures['explore.secrets'].params.parse({ ...everything, after: 'log:x' })
    expect(() => store.reader['explore.secrets'](params)).toThrow('not a position')
  }))
