import { text } from '../../attributes.ts'
import { countOf } from '../../counts.ts'
import { finishReasonsOf, named } from '../fields.ts'
import { eventTold, type EventReader, type GenAiEvent } from '../tell-event.ts'
import type { Says } from '../told.ts'
import { wholeUsage } from '../usage.ts'
import { words } from '../words.ts'

/** Thoughts and a tool's prompt are counted beside input and output. Its `gen_ai.…` events tell of the same calls again. */
export const geminiEvents: ReadonlyMap<string, EventReader> = new Map<string, EventReader>([
  [
    'user_prompt',
    (event, sender) => eventTold(event, sender, 'prompt', { summary: words(event.attributes, 'prompt') }),
  ],
  ['api_response', (event, sender) => eventTold(event, sender, 'call', callOf(event, true))],
  [
    'api_error',
    (event, sender) =>
      eventTold(event, sender, 'call', {
        ...callOf(event, false),
        status: 'failed',
        errorType:
          text(event.attributes, 'error_type') ??
          text(event.attributes, 'status_code') ??
          text(event.attributes, 'error') ??
          '_OTHER',
      }),
  ],
  [
    'tool_call',
    (event, sender) =>
      eventTold(event, sender, 'tool', {
        name: text(event.attributes, 'function_name'),
        callId: named(event.attributes, 'call_id'),
        summary: words(event.attributes, 'function_args'),
      }),
  ],
])

function callOf({ name, attributes }: GenAiEvent, answered: boolean): Partial<Says> {
  const model = text(attributes, 'model')
  const count = (key: string): number | null => countOf(attributes, key)
  const reasoningTokens = count('thoughts_token_count')
  const [input, output] = [count('input_token_count'), count('output_token_count')]
  return {
    provider: providerOf(name, text(attributes, 'auth_type')),
    operation: 'generate_content',
    requestModel: model,
    responseModel: answered ? model : null,
    usage: wholeUsage(
      {
        inputTokens: input === null ? null : input + (count('tool_token_count') ?? 0),
        cachedTokens: count('cached_content_token_count'),
        cacheWriteTokens: null,
        hourWriteTokens: null,
        outputTokens: output === null ? null : output + (reasoningTokens ?? 0),
        reasoningTokens,
      },
      null,
    ),
    ttftMs: count('ttft_ms'),
    finishReasons: finishReasonsOf(attributes),
  }
}

function providerOf(event: string, auth: string | null): string {
  if (auth === 'openai') return 'openai'
  if (event.startsWith('qwen-code.')) return 'qwen'
  return auth === 'vertex-ai' ? 'gcp.vertex_ai' : 'gcp.gemini'
}
