import { text } from '../../attributes.ts'
import { countOf, isStated } from '../../counts.ts'
import type { EventReader } from './event.ts'

/**
 * One per event of a response's stream. Two of them are facts: `response.completed` with token counts (over HTTP a
 * second `response.completed` without them follows, which is no call), and any record with `error.message`.
 */
export const sseEvent: EventReader = {
  name: 'codex.sse_event',
  facts: ({ sessionId, atNs, attributes }) => {
    if (sessionId === null) return []
    const eventKind = text(attributes, 'event.kind') ?? ''
    const error = text(attributes, 'error.message')
    const completed = eventKind === 'response.completed' && isStated(attributes['input_token_count'])
    if (!completed && error === null) return []
    const tokens = (key: string): number => (completed ? (countOf(attributes, key) ?? 0) : 0)
    return [
      {
        fact: 'api_call',
        sessionId,
        atNs,
        status: completed ? 'completed' : 'failed',
        eventKind,
        model: text(attributes, 'model'),
        effort: text(attributes, 'model_reasoning_effort'),
        inputTokens: tokens('input_token_count'),
        cachedTokens: tokens('cached_token_count'),
        cacheWriteTokens: tokens('cache_write_token_count'),
        outputTokens: tokens('output_token_count'),
        reasoningTokens: tokens('reasoning_token_count'),
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
