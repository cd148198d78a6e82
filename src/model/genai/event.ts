import { conversationOf } from './conversation.ts'
import { field, amount, everyField, finishReasonsOf, ttftMsOf } from './fields.ts'
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
      told: readers[tool].get(name.replace(/^(?:claude_code|gemini_cli)\./, ''))?.(event, sender) ?? null,
    }
  }
  // A record that stands in a trace belongs to whatever that turns out to be of.
  const sessionId = named ?? (traceId === '' ? null : traceId)
  if (sessionId === null) return null
  return { sessionId, told: detailOf(event, sender, named) }
}

/** The conventions' events (gen_ai.client.inference.operation.details …) describe a call whose span is the source. */
function detailOf(event: GenAiEvent, sender: GenAiSender, conversation: string | null): Told | null {
  const { attributes, name, traceId, spanId } = event
  if (traceId === '' || spanId === '' || !name.startsWith('gen_ai.')) return null
  const usage = usageOf(attributes)
  const finishReasons = finishReasonsOf(attributes)
  if (usage.inputTokens === null && usage.outputTokens === null && finishReasons === null) return null
  const told = eventTold(event, sender, 'detail', {
    requestModel: field(attributes, 'requestModel'),
    responseModel: field(attributes, 'responseModel'),
    provider: field(attributes, 'provider'),
    ids: everyField(attributes, 'id'),
    ttftMs: ttftMsOf(attributes),
    reportedCostUsd: amount(attributes, 'reportedCostUsd'),
    usage,
    finishReasons,
  })
  return { ...told, traceId, spanId: `${spanId} ${told.spanId}`, parentSpanId: spanId, conversation }
}
