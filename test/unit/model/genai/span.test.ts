import { expect, test } from 'vitest'
import type { Attributes } from '../../../../src/model/attributes.ts'
import type { Told } from '../../../../src/model/genai/told.ts'
import { genAiSender } from '../../../../src/model/genai/sender.ts'
import { readGenAiSpan } from '../../../../src/model/genai/span.ts'
import type { ReadSpan } from '../../../../src/model/genai/tell.ts'
import { unknownOfSpan } from '../../../../src/model/genai/unknown.ts'

function read(
  attributes: Attributes,
  { failed = false, name = 'span', scope = '', exception = null as string | null } = {},
): ReadSpan | null {
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: '', startNs: 1000n, endNs: 3000n }
  const sender = genAiSender({ service: 'app', version: '1', scope, attributes: {} })
  return readGenAiSpan({ ...span, name, attributes, failed, exception, isTimed: true }, sender)
}

function toldOf(attributes: Attributes, given = {}): Told | null {
  return read(attributes, given)?.told ?? null
}

test.each(['chat', 'text_completion', 'generate_content', 'responses', 'embeddings'])(
  '%s is a model call',
  (operation) => {
    expect(toldOf({ 'gen_ai.operation.name': operation })).toMatchObject({
      kind: 'call',
      durationNs: 2000n,
      says: { operation },
    })
  },
)

test.each(['create_agent', 'retrieval', 'constructor', ''])('%j is none', (operation) => {
  expect(toldOf({ 'gen_ai.operation.name': operation })).toBeNull()
})

test('a span that only names a conversation belongs to it', () => {
  expect(read({ 'gen_ai.conversation.id': 'c' })).toMatchObject({
    link: { conversationId: 'c', kind: 'other' },
    told: { kind: 'mention' },
  })
  expect(read({ 'http.method': 'GET' })).toBeNull()
})

test.each(['None', 'null', 'undefined', '<nil>'])('%s, which languages print for nothing, names nothing', (nothing) => {
  const told = toldOf({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': nothing,
    'gen_ai.response.id': nothing,
    'gen_ai.conversation.id': nothing,
  })
  expect(told).toMatchObject({ conversation: null, says: { ids: [], requestModel: null } })
})

test('counts are read by their present names before the older ones', () => {
  const usage = {
    'gen_ai.usage.input_tokens': 7,
    'gen_ai.usage.prompt_tokens': 9,
    'gen_ai.usage.completion_tokens': '5',
  }
  expect(toldOf({ 'gen_ai.operation.name': 'chat', ...usage })).toMatchObject({
    says: { usage: { inputTokens: 7, outputTokens: 5 } },
  })
})

test('cached input and reasoning that were counted beside their whole are added to it', () => {
  const usage = {
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.cache_read.input_tokens': 100,
    'gen_ai.usage.cache_creation.input_tokens': 20,
    'gen_ai.usage.output_tokens': 5,
    'gen_ai.usage.reasoning.output_tokens': 50,
  }
  const whole = { inputTokens: 130, cachedTokens: 100, cacheWriteTokens: 20, outputTokens: 55, reasoningTokens: 50 }
  expect(toldOf({ 'gen_ai.operation.name': 'chat', ...usage })).toMatchObject({ says: { usage: whole } })
})

test("OpenLLMetry's names are read", () => {
  const attributes = {
    'llm.request.type': 'chat',
    'gen_ai.system': 'OpenAI',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.prompt_tokens': 12,
    'gen_ai.usage.completion_tokens': 3,
    'gen_ai.completion.0.finish_reason': 'stop',
  }
  const usage = { inputTokens: 12, outputTokens: 3 }
  const call = { says: { provider: 'OpenAI', operation: 'chat', usage, finishReasons: ['stop'] } }
  expect(toldOf(attributes)).toMatchObject(call)
  const tool = { 'traceloop.span.kind': 'tool', 'traceloop.entity.name': 'search' }
  expect(toldOf(tool)).toMatchObject({ kind: 'tool', says: { name: 'search' } })
})

test('an error is told by its type, else by the status', () => {
  const chat = { 'gen_ai.operation.name': 'chat' }
  expect(toldOf({ ...chat, 'error.type': 'timeout' })).toMatchObject({
    says: { status: 'failed', errorType: 'timeout' },
  })
  expect(toldOf(chat, { failed: true })).toMatchObject({ says: { status: 'failed', errorType: '_OTHER' } })
  expect(toldOf(chat)).toMatchObject({ says: { status: 'completed', errorType: null } })
})

test("Gemini CLI's spans are no source, even with the names of the convention", () => {
  const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': 'c' }
  expect(read(chat, { scope: 'gemini-cli' })).toMatchObject({ link: { conversationId: 'c' }, told: null })
})

const usage = { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 4, 'gen_ai.usage.output_tokens': 2 }

test.each([
  [{ 'gen_ai.operation.name': 'dream', ...usage }, 'guess', 'operation "dream"'],
  [{ 'openinference.span.kind': 'ORACLE', ...usage }, 'guess', 'operation "ORACLE"'],
  [{ 'ai.operationId': 'ai.sing.doSing', ...usage }, 'guess', 'operation "ai.sing.doSing"'],
  [{ 'gen_ai.operation.name': 'dream', 'gen_ai.request.model': 'm' }, undefined, 'operation "dream"'],
  [{ 'gen_ai.usage.input_tokens': 4 }, undefined, 'usage without a model'],
  [usage, 'guess', null],
  [{ 'gen_ai.request.model': 'm' }, undefined, null],
  [{ 'gen_ai.operation.name': 'chat', ...usage }, 'call', null],
  [{ 'gen_ai.operation.name': 'create_agent', ...usage }, undefined, null],
  [{ 'openinference.span.kind': 'CHAIN', ...usage }, undefined, null],
  [{ 'ai.operationId': 'ai.generateText', ...usage }, undefined, null],
])('%j is a %s, and not understood of it is %j', (attributes: Attributes, kind, unknown) => {
  expect(toldOf(attributes)?.kind).toBe(kind)
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: '', startNs: 1000n, endNs: 3000n }
  const sender = genAiSender({ service: 'app', version: '1', scope: '', attributes: {} })
  expect(unknownOfSpan({ ...span, name: 's', attributes, failed: false, exception: null, isTimed: true }, sender)).toBe(
    unknown,
  )
})
