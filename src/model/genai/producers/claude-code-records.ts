import { text, type Attributes } from '../../attributes.ts'
import { amountOf, asCount, countOf } from '../../counts.ts'
import { everyField, finishReasonsOf, named } from '../fields.ts'
import type { GenAiSender } from '../sender.ts'
import { linked, toldOf, type GenAiSpan, type ReadSpan } from '../tell.ts'
import { eventTold, type EventReader } from '../tell-event.ts'
import type { Says, Usage } from '../told.ts'
import { wholeUsage } from '../usage.ts'
import { words } from '../words.ts'

/**
 * `event.name` is `api_request`, the body `claude_code.api_request`; numbers may be text. A span and a log of one request have the same
 * `request_id`, those of one tool the same `tool_use_id`; a log of a prompt is written in the span of its interaction.
 */
export const claudeEvents: ReadonlyMap<string, EventReader> = new Map<string, EventReader>([
  [
    'user_prompt',
    (event, sender) => eventTold(event, sender, 'prompt', { summary: words(event.attributes, 'prompt') }),
  ],
  ['api_request', (event, sender) => eventTold(event, sender, 'call', { ...callOf(event.attributes, true) })],
  [
    'api_error',
    (event, sender) =>
      eventTold(event, sender, 'call', {
        ...callOf(event.attributes, false),
        status: 'failed',
        errorType: errorOf(event.attributes),
      }),
  ],
  [
    'tool_result',
    (event, sender) =>
      eventTold(event, sender, 'tool', {
        name: text(event.attributes, 'tool_name'),
        callId: named(event.attributes, 'tool_use_id'),
        summary: words(event.attributes, 'tool_parameters') ?? words(event.attributes, 'tool_input'),
      }),
  ],
])

export function claudeSpan(span: GenAiSpan, sender: GenAiSender, conversation: string | null): ReadSpan | null {
  const { attributes, spanId } = span
  const type = text(attributes, 'span.type') ?? span.name.replace(/^claude_code\./, '')
  const callId = named(attributes, 'tool_use_id')
  switch (type) {
    case 'interaction': {
      const told = toldOf(span, sender, 'prompt', conversation, { summary: words(attributes, 'user_prompt') })
      return { link: linked('turn', conversation, spanId, null), told }
    }
    case 'llm_request': {
      const says = { ...callOf(attributes, true), ttftMs: amountOf(attributes, 'ttft_ms') }
      return { link: linked('round', conversation, null, null), told: toldOf(span, sender, 'call', conversation, says) }
    }
    case 'tool': {
      const says = { name: text(attributes, 'tool_name'), callId, summary: words(attributes, 'full_command') }
      return {
        link: linked('tool', conversation, spanId, callId ?? spanId),
        told: toldOf(span, sender, 'tool', conversation, says),
      }
    }
    default:
      // The parts of a tool: its execution, and the wait for its user.
      return conversation === null ? null : { link: linked('other', conversation, spanId, callId), told: null }
  }
}

function callOf(attributes: Attributes, answered: boolean): Partial<Says> {
  const model = text(attributes, 'model')
  return {
    provider: text(attributes, 'gen_ai.system') ?? 'anthropic',
    operation: 'chat',
    requestModel: model,
    responseModel: answered ? model : null,
    ids: [...new Set([...everyField(attributes, 'id'), ...(named(attributes, 'request_id') ?? '').split(' ')])].filter(
      (id) => id !== '',
    ),
    usage: usageOf(attributes),
    ttftMs: amountOf(attributes, 'ttft_ms'),
    reportedCostUsd: amountOf(attributes, 'cost_usd') ?? microsOf(attributes),
    finishReasons: finishReasonsOf(attributes) ?? [text(attributes, 'stop_reason') ?? ''].filter((word) => word !== ''),
  }
}

function microsOf(attributes: Attributes): number | null {
  const micros = countOf(attributes, 'cost_usd_micros')
  return micros === null ? null : micros / 1e6
}

/** Input is that of Anthropic's API: without what was read from a cache or written to one. */
function usageOf(attributes: Attributes): Usage {
  const inputTokens = countOf(attributes, 'input_tokens')
  const [cachedTokens, cacheWriteTokens] = [
    countOf(attributes, 'cache_read_tokens'),
    countOf(attributes, 'cache_creation_tokens'),
  ]
  const isTold = inputTokens !== null || cachedTokens !== null || cacheWriteTokens !== null
  const whole = (inputTokens ?? 0) + (cachedTokens ?? 0) + (cacheWriteTokens ?? 0)
  return wholeUsage(
    {
      inputTokens: isTold ? whole : null,
      cachedTokens,
      cacheWriteTokens,
      hourWriteTokens: countOf(attributes, 'cache_creation_1h_tokens'),
      outputTokens: countOf(attributes, 'output_tokens'),
      reasoningTokens: null,
    },
    null,
  )
}

function errorOf(attributes: Attributes): string {
  const status = asCount(attributes['status_code'])
  return (status === null ? null : String(status)) ?? text(attributes, 'error') ?? '_OTHER'
}
