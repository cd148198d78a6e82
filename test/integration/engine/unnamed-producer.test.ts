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
