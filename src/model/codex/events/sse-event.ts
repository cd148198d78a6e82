import { text, type Attributes } from '../../attributes.ts'
import { countOf, isStated } from '../../counts.ts'
import type { ApiCall } from '../facts.ts'
import type { EventReader } from './event.ts'

type Usage = Pick<ApiCall, 'inputTokens' | 'cachedTokens' | 'cacheWriteTokens' | 'outputTokens' | 'reasoningTokens'>

const keys: Record<keyof Usage, string> = {
  inputTokens: 'input_token_count',
  cachedTokens: 'cached_token_count',
  cacheWriteTokens: 'cache_write_token_count',
  outputTokens: 'output_token_count',
  reasoningTokens: 'reasoning_token_count',
}

const noUsage: Usage = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 }

/** A part is at most its whole: what is said beyond that cannot be true. */
function usageOf(attributes: Attributes): Usage {
  const tokens = (key: string): number => countOf(attributes, key) ?? 0
  const inputTokens = tokens(keys.inputTokens)
  const outputTokens = tokens(keys.outputTokens)
  const cachedTokens = Math.min(tokens(keys.cachedTokens), inputTokens)
  return {
    inputTokens,
    cachedTokens,
    cacheWriteTokens: Math.min(tokens(keys.cacheWriteTokens), inputTokens - cachedTokens),
    outputTokens,
    reasoningTokens: Math.min(tokens(keys.reasoningTokens), outputTokens),
  }
}

/**
 * One per event of a response's stream. Two of them are facts: `response.completed` with token counts (over HTTP a
 * second `response.completed` without them follows, which is no call), and any record with `error.message`.
 */
export const sseEvent: EventReader = {
  name: 'codex.sse_event',
  counts: [...Object.values(keys), 'ttft_ms', 'tool_token_count'],
  facts: ({ sessionId, atNs, attributes }) => {
    if (sessionId === null) return []
    const eventKind = text(attributes, 'event.kind') ?? ''
    const error = text(attributes, 'error.message')
    const completed = eventKind === 'response.completed' && isStated(attributes[keys.inputTokens])
    if (!completed && error === null) return []
    return [
      {
        fact: 'api_call',
        sessionId,
        atNs,
        status: completed ? 'completed' : 'failed',
        eventKind,
        model: text(attributes, 'model'),
        effort: text(attributes, 'model_reasoning_effort'),
        ...(completed ? usageOf(attributes) : noUsage),
        ttftMs: completed ? countOf(attributes, 'ttft_ms') : null,
        tier: text(attributes, 'service_tier'),
        error: completed ? null : error,
      },
    ]
  },
  summary: (attributes) => {
    const kind = text(attributes, 'event.kind') ?? 'stream'
    const error = text(attributes, 'error.message')
    if (error !== null) return `${kind}: ${error}`
    const input = text(attributes, 'input_token_count')
    return input === null ? kind : `${kind}: ${input} tokens in, ${text(attributes, 'output_token_count') ?? '0'} out`
  },
}
