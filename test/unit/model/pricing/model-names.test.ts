import { expect, test } from 'vitest'
import { modelNames } from '../../../../src/model/pricing/model-names.ts'

test.each([
  ['openai/gpt-4o', 'gpt-4o'],
  ['openrouter/anthropic/claude-sonnet-4.5:nitro', 'claude-sonnet-4-5'],
  ['models/gemini-2.5-pro', 'gemini-2.5-pro'],
  ['publishers/google/models/gemini-2.5-pro', 'gemini-2.5-pro'],
  ['litellm_proxy/groq/llama-3.3-70b', 'llama-3.3-70b'],
  ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
  ['anthropic:claude-sonnet-4-5', 'claude-sonnet-4-5'],
  ['gateway/openai:gpt-4o-2024-08-06', 'gpt-4o'],
  ['bedrock:us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
  ['claude-sonnet-4-6[1m]', 'claude-sonnet-4-6'],
  ['gpt-4o-2024-08-06', 'gpt-4o'],
  ['arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
])('%s may have the price of %s', (sent, name) => {
  expect(modelNames(sent)[0]).toBe(sent)
  expect(modelNames(sent)).toContain(name)
})

test.each(['ft:gpt-4o:shop::abc', 'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc'])(
  '%s has no price but its own',
  (sent) => {
    expect(modelNames(sent)).toEqual([sent])
  },
)

test.each(['/', 'http://', 'arn:a:foundation-model/', '-v1'])('of 4 MiB of %s no names are made', (piece) => {
  const long = piece.repeat((4 * 1024 * 1024) / piece.length)
  expect(modelNames(long)).toEqual([long])
})
