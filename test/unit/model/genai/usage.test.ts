import { expect, test } from 'vitest'
import { noUsage } from '../../../../src/model/genai/told.ts'
import { usageOf } from '../../../../src/model/genai/usage.ts'

test.each([
  ['the conventions', { 'gen_ai.usage.input_tokens': 7, 'gen_ai.usage.output_tokens': '5' }],
  ['OpenInference', { 'llm.token_count.prompt': 7, 'llm.token_count.completion': 5 }],
  ['the AI SDK', { 'ai.usage.inputTokens': 7, 'ai.usage.outputTokens': 5 }],
])('counts are read by the names of %s', (_who, attributes) => {
  expect(usageOf(attributes)).toMatchObject({ inputTokens: 7, outputTokens: 5, cachedTokens: null })
})

test('no counts and all zeros are not reported', () => {
  expect(usageOf({})).toEqual(noUsage)
  expect(usageOf({ 'gen_ai.usage.input_tokens': 0, 'gen_ai.usage.output_tokens': 0 })).toEqual(noUsage)
})

test('parts within their whole stay there, and a total proves that they were counted beside it', () => {
  const counts = { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 10 }
  const cached = { ...counts, 'gen_ai.usage.cache_read.input_tokens': 60 }
  expect(usageOf(cached)).toMatchObject({ inputTokens: 100, cachedTokens: 60 })
  expect(usageOf({ ...cached, 'gen_ai.usage.total_tokens': 110 })).toMatchObject({ inputTokens: 100 })
  expect(usageOf({ ...cached, 'gen_ai.usage.total_tokens': 170 })).toMatchObject({ inputTokens: 160 })
})

test('a count that only a total tells is what the total leaves', () => {
  expect(usageOf({ 'gen_ai.usage.output_tokens': 10, 'gen_ai.usage.total_tokens': 110 })).toMatchObject({
    inputTokens: 100,
  })
})
