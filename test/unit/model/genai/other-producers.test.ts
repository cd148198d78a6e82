import { expect, test } from 'vitest'
import type { AttributeValue, Attributes } from '../../../../src/model/attributes.ts'
import { readGenAiEvent } from '../../../../src/model/genai/event.ts'
import { misreadOfTold } from '../../../../src/model/genai/misread.ts'
import { genAiSender } from '../../../../src/model/genai/sender.ts'
import { readGenAiSpan } from '../../../../src/model/genai/span.ts'
import type { Told } from '../../../../src/model/genai/told.ts'
import { unknownOfLog } from '../../../../src/model/genai/unknown.ts'

const sender = genAiSender({ service: 'app', version: '1', scope: '', attributes: {} })

function ofSpan(attributes: Attributes): Told | null {
  const times = { startNs: 1000n, endNs: 3000n, isTimed: true }
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: '', name: 'span', ...times }
  return readGenAiSpan({ ...span, attributes, failed: false, exception: null }, sender)?.told ?? null
}

function ofLog(name: string, attributes: Attributes, place = { traceId: '', spanId: '' }): Told | null {
  return readGenAiEvent({ name, body: '', timeNs: 5_000_000_000n, ...place, attributes }, sender)?.told ?? null
}

const figures = { inputTokens: 100, outputTokens: 20 }
const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' }
const counted = { ...chat, 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 20 }

test('Langfuse counts beside the input what was cached, and its total says so', () => {
  const generation = {
    'langfuse.observation.type': 'generation',
    'langfuse.observation.model.name': 'gpt-4o',
    'langfuse.observation.usage_details':
      '{"input":60,"output":15,"total":120,"input_cache_read":40,"output_reasoning":5}',
    'langfuse.observation.cost_details': '{"input":0.001,"output":0.002,"total":3e-3}',
    'langfuse.session.id': 's1',
    'langfuse.user.id': 'ann',
  }
  expect(ofSpan(generation)).toMatchObject({
    ...{ kind: 'call', conversation: 's1' },
    says: {
      ...{ operation: 'chat', requestModel: 'gpt-4o', user: 'ann', reportedCostUsd: 0.003 },
      usage: { ...figures, cachedTokens: 40, reasoningTokens: 5 },
    },
  })
  expect(ofSpan({ ...generation, 'langfuse.observation.type': 'span' })).toMatchObject({ kind: 'mention' })
})

test("MLflow's words stand in quotes", () => {
  const model = {
    'mlflow.spanType': '"CHAT_MODEL"',
    'mlflow.chat.tokenUsage': '{"input_tokens": 100, "output_tokens": 20, "total_tokens": 120}',
    'mlflow.spanInputs': '{"model": "gpt-4o", "messages": []}',
  }
  const says = { operation: 'chat', requestModel: 'gpt-4o', usage: figures }
  expect(ofSpan(model)).toMatchObject({ kind: 'call', says })
  expect(ofSpan({ ...model, 'mlflow.spanType': '"CHAIN"' })).toBeNull()
})

test.each<[Attributes, object]>([
  [{ ...counted, 'gen_ai.operation.name': 'chat.completions' }, { operation: 'chat' }],
  [{ ...counted, 'gen_ai.operation.name': 'text.completions' }, { operation: 'text_completion' }],
  [{ ...counted, 'gen_ai.response.finish_reason': 'Stop' }, { finishReasons: ['Stop'] }],
  [{ ...counted, 'traceloop.association.properties.user_id': 'ann' }, { user: 'ann' }],
])('%j is a call that says %j', (attributes, says) => {
  expect(ofSpan(attributes)).toMatchObject({ kind: 'call', says: { usage: figures, ...says } })
})

test.each([
  'gcp.vertex.agent.session_id',
  'traceloop.association.properties.session_id',
  'traceloop.association.properties.chat_id',
])('%s names the conversation', (key) => {
  expect(ofSpan({ ...counted, [key]: 'c1' })).toMatchObject({ conversation: 'c1' })
})

test.each<[AttributeValue, AttributeValue, number | null]>([
  [0.004, null, 0.004],
  ['4.5e-05', 'USD', 0.000045],
  ['0.004', 'EUR', null],
])('of a cost of %s in %s %s is in dollars', (cost, currency, dollars) => {
  const attributes = {
    ...counted,
    'gen_ai.usage.cost': cost,
    ...(currency === null ? {} : { 'gen_ai.usage.cost.currency': currency }),
  }
  const told = ofSpan(attributes)
  expect(told?.says.reportedCostUsd).toBe(dollars)
  expect(told === null ? [] : misreadOfTold(told, attributes)).toEqual(dollars === null ? ['gen_ai.usage.cost'] : [])
})

test('the log of a whole request tells its end and no duration, with a trace or without', () => {
  const name = 'gen_ai.client.inference.operation.details'
  const refused = { ...chat, 'error.type': '429', 'gen_ai.conversation.id': 'c1' }
  const told = ofLog(name, refused)
  expect(told).toMatchObject({ kind: 'detail', traceId: '', conversation: 'c1', durationNs: null })
  expect(told?.says).toMatchObject({ status: 'failed', errorType: '429' })
  const place = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }
  expect(ofLog(name, counted, place)).toMatchObject({ traceId: place.traceId, parentSpanId: place.spanId })
})

test("Qwen Code's records are Gemini CLI's under its own name", () => {
  const response = { 'session.id': 'q1', model: 'qwen3-coder-plus', input_token_count: 100, output_token_count: 20 }
  expect(ofLog('qwen-code.api_response', response)).toMatchObject({
    ...{ kind: 'call', conversation: 'q1' },
    says: { provider: 'qwen', usage: figures },
  })
  expect(ofLog('qwen-code.tool_call', { 'session.id': 'q1', function_name: 'ls' })).toMatchObject({ kind: 'tool' })
})

test('a model and counts in a log that nobody knows are not understood', () => {
  expect(ofLog('summary', counted, { traceId: 'a'.repeat(32), spanId: '' })).toBeNull()
  expect(unknownOfLog(counted)).toBe('model and usage in a log')
  expect(unknownOfLog(chat)).toBeNull()
})
