import type { Attributes } from '../attributes.ts'
import { countOf } from '../counts.ts'
import type { GenAiCall } from './facts.ts'

type Usage = Pick<GenAiCall, 'inputTokens' | 'cachedTokens' | 'cacheWriteTokens' | 'outputTokens' | 'reasoningTokens'>

/**
 * Keys of each count, the present convention first (open-telemetry/semantic-conventions-genai, gen-ai-spans.md), then the names
 * before OpenTelemetry 1.27 and those of OpenLLMetry (traceloop/openllmetry, opentelemetry-semantic-conventions-ai).
 */
const keys: Record<keyof Usage, readonly string[]> = {
  inputTokens: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.usage.prompt_tokens'],
  cachedTokens: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.input_tokens.cached',
    'llm.usage.cache_read_input_tokens',
  ],
  cacheWriteTokens: [
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.input_tokens.cache_write',
  ],
  outputTokens: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.usage.completion_tokens'],
  reasoningTokens: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'llm.usage.reasoning_tokens',
  ],
}

export function usageOf(attributes: Attributes): Usage {
  return wholeUsage({
    inputTokens: count(attributes, keys.inputTokens),
    cachedTokens: count(attributes, keys.cachedTokens),
    cacheWriteTokens: count(attributes, keys.cacheWriteTokens),
    outputTokens: count(attributes, keys.outputTokens),
    reasoningTokens: count(attributes, keys.reasoningTokens),
  })
}

/** The convention counts parts within their whole. A part larger than its whole was sent beside it, as Anthropic's API counts. */
function wholeUsage(usage: Usage): Usage {
  const parts = usage.cachedTokens + usage.cacheWriteTokens
  return {
    ...usage,
    inputTokens: parts > usage.inputTokens ? usage.inputTokens + parts : usage.inputTokens,
    outputTokens:
      usage.reasoningTokens > usage.outputTokens ? usage.outputTokens + usage.reasoningTokens : usage.outputTokens,
  }
}

/** The first of the keys that there is; 0 where there is none. */
export function count(attributes: Attributes, from: readonly string[]): number {
  for (const key of from) {
    const value = countOf(attributes, key)
    if (value !== null) return value
  }
  return 0
}
