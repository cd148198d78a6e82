import { expect, test } from 'vitest'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

const counts = [
  { key: 'gen_ai.request.model', value: { stringValue: 'gpt-5.4' } },
  { key: 'gen_ai.usage.input_tokens', value: { intValue: '40' } },
  { key: 'gen_ai.usage.output_tokens', value: { intValue: '2' } },
]

function spanOf(spanId: string, name: string, parentSpanId: string, operation: string | null): object {
  const word = operation === null ? [] : [{ key: 'gen_ai.operation.name', value: { stringValue: operation } }]
  const times = { startTimeUnixNano: '1795780799000000000', endTimeUnixNano: '1795780800000000000' }
  return { traceId: 'd'.repeat(32), spanId, parentSpanId, name, ...times, attributes: [...word, ...counts] }
}

test('a span of an unheard-of operation counts by its model and usage where it is no sum of others, and Health names it', () =>
  inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      const spans = [
        spanOf('1'.repeat(16), 'outer', '', 'dream'),
        spanOf('2'.repeat(16), 'inner', '1'.repeat(16), 'chat'),
        spanOf('3'.repeat(16), 'alone', '', 'dream'),
        spanOf('4'.repeat(16), 'plan', '', 'plan'),
      ]
      const service = { key: 'service.name', value: { stringValue: 'new-app' } }
      const request = { resourceSpans: [{ resource: { attributes: [service] }, scopeSpans: [{ spans }] }] }
      store.store({ signal: 'traces', encoding: 'json', bytes: new Uint8Array(Buffer.from(JSON.stringify(request))) })
      store.settle()
      const { sessions } = store.reader['session.list']({ apps: 'all', limit: 9, offset: 0, helpers: true })
      expect(sessions).toMatchObject([{ apiCalls: 2, tokens: { input: 80, output: 4 } }])
      const { values } = store.reader['health.names']({}).notUnderstood
      expect(values.map(({ service: of, name, key }) => [of, name, key])).toEqual([
        ['new-app', 'alone', 'operation "dream"'],
        ['new-app', 'outer', 'operation "dream"'],
      ])
    } finally {
      store.close()
    }
    return Promise.resolve()
  }))

test('a span of plain words is a call where it names a model and tokens, and Health tells of tokens without a model', () =>
  inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      const times = { startTimeUnixNano: '1795780799000000000', endTimeUnixNano: '1795780800000000000' }
      const told: readonly Readonly<Record<string, string>>[] = [
        { model: 'gpt-5.4', prompt_tokens: '40', completion_tokens: '2' },
        { 'llm.model': 'gpt-5.4', 'llm.prompt': '7', 'llm.promptTokens': '40', 'llm.completionTokens': '2' },
        { model_name: 'gpt-5.4', usage: '{"input_tokens": 40, "output_tokens": 2}' },
        { model: 'Tesla', prompt: '5', completion: '3' },
        { total_tokens: '9', prompt_tokens: '8' },
      ]
      const spans = told.map((words, i) => ({
        ...{ traceId: 'e'.repeat(32), spanId: String(i + 1).repeat(16), name: `span ${i}`, ...times },
        attributes: Object.entries(words).map(([key, stringValue]) => ({ key, value: { stringValue } })),
      }))
      const service = { key: 'service.name', value: { stringValue: 'plain-app' } }
      const request = { resourceSpans: [{ resource: { attributes: [service] }, scopeSpans: [{ spans }] }] }
      store.store({ signal: 'traces', encoding: 'json', bytes: new Uint8Array(Buffer.from(JSON.stringify(request))) })
      store.settle()
      const { sessions } = store.reader['session.list']({ apps: 'all', limit: 9, offset: 0, helpers: true })
      expect(sessions).toMatchObject([{ apiCalls: 3, tokens: { input: 120, output: 6 } }])
      const { values } = store.reader['health.names']({}).notUnderstood
      expect(values.map(({ name, key }) => [name, key])).toEqual([['span 4', 'usage without a model']])
    } finally {
      store.close()
    }
    return Promise.resolve()
  }))
