import { text } from '../attributes.ts'
import { amountOf } from '../counts.ts'
import { conversationOf } from './conversation.ts'
import { errorClass, everyField, field, finishReasonsOf, reportedCostOf, ttftMsOf } from './fields.ts'
import { claudeEvents } from './producers/claude-code-records.ts'
import { geminiEvents } from './producers/gemini-cli-records.ts'
import { commandLineTool, type CommandLineTool, type GenAiSender } from './sender.ts'
import { eventTold, type EventReader, type GenAiEvent } from './tell-event.ts'
import type { Told } from './told.ts'
import { usageOf } from './usage.ts'

export type { GenAiEvent } from './tell-event.ts'

export interface ReadEvent {
  readonly sessionId: string
  readonly told: Told | null
}

const readers: Record<CommandLineTool, ReadonlyMap<string, EventReader>> = {
  'claude-code': claudeEvents,
  'gemini-cli': geminiEvents,
}

/** null where the record names neither a conversation nor a trace. */
export function readGenAiEvent(event: GenAiEvent, sender: GenAiSender): ReadEvent | null {
  const { attributes, name, traceId } = event
  const tool = commandLineTool(sender, name, event.body)
  const named = conversationOf(attributes, sender, name, event.body)
  if (tool !== null) {
    if (named === null) return null
    return {
      sessionId: named,
      told: readers[tool].get(name.replace(/^(?:claude_code|gemini_cli|qwen-code)\./, ''))?.(event, sender) ?? null,
    }
  }
  // A record that stands in a trace belongs to whatever that turns out to be of.
  const sessionId = named ?? (traceId === '' ? null : traceId)
  if (sessionId === null) return null
  return { sessionId, told: detailOf(event, sender) }
}

/**
 * The conventions' events (gen_ai.client.inference.operation.details …) describe a call whose span is the source; where there is none, the
 * one that tells of a whole request is.
 */
function detailOf(event: GenAiEvent, sender: GenAiSender): Told | null {
  const { attributes, name, traceId, spanId } = event
  if (!name.startsWith('gen_ai.')) return null
  const usage = usageOf(attributes)
  const finishReasons = finishReasonsOf(attributes)
  const failed = text(attributes, 'error.type') !== null
  if (usage.inputTokens === null && usage.outputTokens === null && finishReasons === null && !failed) return null
  const operation = field(attributes, 'operation')
  const told = eventTold(event, sender, 'detail', {
    ...(failed ? { status: 'failed', errorType: errorClass(attributes, null) } : {}),
    ...(operation === null ? {} : { operation }),
    requestModel: field(attributes, 'requestModel'),
    responseModel: field(attributes, 'responseModel'),
    provider: field(attributes, 'provider'),
    ids: everyField(attributes, 'id'),
    ttftMs: ttftMsOf(attributes),
    reportedCostUsd: reportedCostOf(attributes),
    usage,
    finishReasons,
  })
  // When the request began it does not say.
  const place = { ...told, durationNs: amountOf(attributes, 'duration_ms') === null ? null : told.durationNs }
  return traceId === '' ? place : inTrace(place, traceId, spanId)
}

function inTrace(told: Told, traceId: string, spanId: string): Told {
  return { ...told, traceId, spanId: `${spanId} ${told.spanId}`, parentSpanId: spanId === '' ? null : spanId }
}
