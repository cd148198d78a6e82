import { expect, test } from 'vitest'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'

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

type Value = { readonly [kind: string]: unknown }

/** Spans of two seconds, one a trace, and what is known once they are settled. */
function told(spans: readonly (readonly [attributes: Readonly<Record<string, Value>>, seconds?: number])[]) {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      const service = { key: 'service.name', value: { stringValue: 'odd-app' } }
      const made = spans.map(([attributes, seconds = 2], i) => ({
        traceId: String(i + 1).repeat(32),
        spanId: String(i + 1).repeat(16),
        name: 'chat m',
        startTimeUnixNano: String((1_795_780_799n - BigInt(seconds)) * 1_000_000_000n),
        endTimeUnixNano: '1795780799000000000',
        attributes: [
          { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
          ...Object.entries(attributes).map(([key, value]) => ({ key, value })),
        ],
      }))
      const request = { resourceSpans: [{ resource: { attributes: [service] }, scopeSpans: [{ spans: made }] }] }
      store.store({ signal: 'traces', encoding: 'json', bytes: new Uint8Array(Buffer.from(JSON.stringify(request))) })
      store.settle()
      return Promise.resolve({ calls: callsOf(store), ...store.reader['health.names']({}).notUnderstood })
    } finally {
      store.close()
    }
  })
}

const callsOf = ({ db }: StoreUnderTest): unknown[] =>
  db
    .prepare(
      'SELECT input_tokens, output_tokens, cached_tokens, ttft_ms, duration_ns / 1e9 FROM genai_call ORDER BY trace_id',
    )
    .raw()
    .all()

test('counts of applications that are none add to nothing, and Health names them', async () => {
  const output = { 'gen_ai.usage.output_tokens': { intValue: '5' } }
  const { calls, values } = await told([
    [{ ...output, 'gen_ai.usage.input_tokens': { intValue: '-5' } }],
    [{ ...output, 'gen_ai.usage.input_tokens': { doubleValue: 1.7e308 } }],
    [{ ...output, 'gen_ai.usage.input_tokens': { stringValue: '1,000' }, 'gen_ai.usage.cost': { stringValue: 'NaN' } }],
    [{ ...output, 'gen_ai.response.time_to_first_chunk': { doubleValue: -1 } }],
  ])
  expect(calls).toEqual(Array.from({ length: 4 }, () => [null, 5, null, null, 2]))
  expect(values.map(({ key, records }) => [key, records]).sort()).toEqual([
    ['gen_ai.response.time_to_first_chunk', 1],
    ['gen_ai.usage.cost', 1],
    ['gen_ai.usage.input_tokens', 3],
  ])
})

test('counts in a map are those of their whole names, and a call of a year has no length', async () => {
  const of = (key: string, value: Value): object => ({ key, value })
  const counts = [
    of('input_tokens', { intValue: '40' }),
    of('output_tokens', { intValue: '2' }),
    of('cache_read', { kvlistValue: { values: [of('input_tokens', { intValue: '30' })] } }),
  ]
  const { calls, values } = await told([[{ 'gen_ai.usage': { kvlistValue: { values: counts } } }, 366 * 86_400]])
  expect(calls).toEqual([[40, 2, 30, null, null]])
  expect(values).toEqual([])
})
