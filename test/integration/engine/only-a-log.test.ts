import { expect, test } from 'vitest'
import { tellsLengths } from '../../../src/contract/settings.ts'
import { contentOf } from '../../../src/mcp/content.ts'
import { sessionWords } from '../../../src/mcp/session-shape.ts'
import type { SessionSummary } from '../../../src/model/session/summary.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

const trace = 'a'.repeat(32)
const texts = (given: Readonly<Record<string, string>>): object[] =>
  Object.entries(given).map(([key, stringValue]) => ({ key, value: { stringValue } }))
const resource = { attributes: texts({ 'service.name': 'quiet' }) }
const call = {
  ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-5.4' },
  ...{ 'gen_ai.usage.input_tokens': '40', 'gen_ai.usage.output_tokens': '2' },
}
const details = {
  ...{ traceId: trace, spanId: 'b'.repeat(16), timeUnixNano: '1795780800000000000' },
  eventName: 'gen_ai.client.inference.operation.details',
  attributes: texts({ ...call, 'gen_ai.output.messages': 'the answer' }),
}
const span = {
  ...{ traceId: trace, spanId: 'b'.repeat(16), name: 'chat' },
  ...{ startTimeUnixNano: '1795780799000000000', endTimeUnixNano: '1795780800000000000' },
  attributes: texts(call),
}

test('a request that only a log tells is a call without a duration, until its span comes', () =>
  inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      const send = (signal: 'logs' | 'traces', request: object): void => {
        store.store({ signal, encoding: 'json', bytes: new Uint8Array(Buffer.from(JSON.stringify(request))) })
        store.settle()
      }
      const durations = (): readonly string[] => {
        const { rows } = store.reader['session.tree']({ id: trace })
        const row = rows.find(({ kind }) => kind === 'api_call')
        const shown = store.reader['session.row']({ id: trace, rowId: row?.id ?? '' })
        expect(shown.output).toBe('the answer')
        // What holds nothing else has no duration of its own either.
        for (const around of rows) expect(around.untimed, around.kind).toBe(row?.untimed)
        for (const around of rows) expect(around.note).toBe(row?.note)
        return [row?.note ?? '', ...shown.fields.filter(({ name }) => name === 'duration').map(({ value }) => value)]
      }
      const session = { apiCalls: 1, failedApiCalls: 0, tokens: { input: 40, output: 2 } }
      const list = (): { readonly sessions: readonly SessionSummary[] } =>
        store.reader['session.list']({ apps: 'all', limit: 9, offset: 0, helpers: true })
      const forAgents = (): object[] => list().sessions.map((one) => sessionWords(one, contentOf(tellsLengths)))
      send('logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [details] }] }] })
      expect(list()).toMatchObject({ sessions: [session] })
      expect(durations()).toEqual(['duration not known', 'unknown: its log says only when it ended'])
      expect(forAgents()).toMatchObject([{ wallMs: null, busyMs: null }])
      send('traces', { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })
      expect(list()).toMatchObject({ sessions: [session] })
      expect(durations()).toEqual(['', '1.0 s'])
      expect(forAgents()).toMatchObject([{ wallMs: 1000 }])
    } finally {
      store.close()
    }
    return Promise.resolve()
  }))
