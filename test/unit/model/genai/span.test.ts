import { expect, test } from 'vitest'
import type { Attributes } from '../../../../src/model/attributes.ts'
import type { GenAiFact } from '../../../../src/model/genai/facts.ts'
import { genAiSender } from '../../../../src/model/genai/sender.ts'
import { readGenAiSpan, type ReadSpan } from '../../../../src/model/genai/span.ts'

function read(attributes: Attributes, { service = 'app', failed = false, name = 'span' } = {}): ReadSpan | null {
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: '', startNs: 1000n, endNs: 3000n }
  return readGenAiSpan({ ...span, name, attributes, failed }, genAiSender(service, '1', {}))
}

function factOf(attributes: Attributes, given = {}): GenAiFact | null {
  return read(attributes, given)?.fact ?? null
}

test.each(['chat', 'text_completion', 'generate_content', 'responses', 'embeddings'])(
  '%s is a model call',
  (operation) => {
    expect(factOf({ 'gen_ai.operation.name': operation })).toMatchObject({
      fact: 'genai_call',
      operation,
      durationNs: 2000n,
    })
  },
)

test.each(['create_agent', 'retrieval', 'constructor', ''])('%j is none', (operation) => {
  expect(factOf({ 'gen_ai.operation.name': operation })).toBeNull()
})

test('a span that only names a conversation belongs to it', () => {
  expect(read({ 'gen_ai.conversation.id': 'c' })).toMatchObject({
    link: { conversationId: 'c', kind: 'other' },
    fact: null,
  })
  expect(read({ 'http.method': 'GET' })).toBeNull()
})

test('counts are read by their present names before the older ones', () => {
  const usage = {
    'gen_ai.usage.input_tokens': 7,
    'gen_ai.usage.prompt_tokens': 9,
    'gen_ai.usage.completion_tokens': '5',
  }
  expect(factOf({ 'gen_ai.operation.name': 'chat', ...usage })).toMatchObject({ inputTokens: 7, outputTokens: 5 })
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
  expect(factOf({ 'gen_ai.operation.name': 'chat', ...usage })).toMatchObject(whole)
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
  const call = { provider: 'OpenAI', operation: 'chat', inputTokens: 12, outputTokens: 3, finishReasons: ['stop'] }
  expect(factOf(attributes)).toMatchObject(call)
  const tool = { 'traceloop.span.kind': 'tool', 'traceloop.entity.name': 'search' }
  expect(factOf(tool)).toMatchObject({ fact: 'genai_step', kind: 'tool', name: 'search' })
})

test('an error is told by its type, else by the status', () => {
  const chat = { 'gen_ai.operation.name': 'chat' }
  expect(factOf({ ...chat, 'error.type': 'timeout' })).toMatchObject({ status: 'failed', errorType: 'timeout' })
  expect(factOf(chat, { failed: true })).toMatchObject({ status: 'failed', errorType: '_OTHER' })
  expect(factOf(chat)).toMatchObject({ status: 'completed', errorType: null })
})

test("a command line tool's spans are no source, even with the names of the convention", () => {
  const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': 'c' }
  for (const service of ['gemini-cli', 'claude-code'])
    expect(read(chat, { service })).toMatchObject({ link: { conversationId: 'c' }, fact: null })
})
