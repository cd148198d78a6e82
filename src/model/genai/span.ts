import { conversationOf } from './conversation.ts'
import { everyField, field, finishReasonsOf, reportedCostOf, requestModelOf, ttftMsOf } from './fields.ts'
import { claudeSpan } from './producers/claude-code-records.ts'
import { roleOf } from './role.ts'
import { commandLineTool, type GenAiSender } from './sender.ts'
import { linked, mentionOf, toldOf, type GenAiSpan, type ReadSpan } from './tell.ts'
import type { Told } from './told.ts'
import { usageOf } from './usage.ts'
import { said } from './words.ts'

/** What a span of an application other than Codex says; null where it says nothing of a model, an agent or a conversation. */
export function readGenAiSpan(span: GenAiSpan, sender: GenAiSender): ReadSpan | null {
  const { attributes, spanId } = span
  const tool = commandLineTool(sender, span.name)
  const conversation = conversationOf(attributes, sender, span.name)
  if (tool === 'claude-code') return claudeSpan(span, sender, conversation)
  const mention = conversation === null ? null : mentionOf(span, sender, conversation)
  if (tool === 'gemini-cli') {
    // Its model calls and tools are rows of their logs; `llm_call` lies in the time of one.
    if (conversation === null) return null
    const isCall = field(attributes, 'operation') === 'llm_call'
    const callId = field(attributes, 'callId')
    const kind = isCall ? 'model' : callId === null ? 'other' : 'tool'
    return { link: linked(kind, conversation, spanId, callId), told: null }
  }
  const role = roleOf(attributes)
  if (role === 'agent' || role === 'tool') {
    const told = stepOf(span, sender, role, conversation)
    return { link: linked(role === 'agent' ? 'turn' : 'tool', conversation, spanId, spanId), told }
  }
  if (role === 'call' || ((role === null || role === 'unknown') && isGuess(span)))
    return {
      link: linked('round', conversation, null, null),
      told: callOf(span, sender, role === 'call', conversation),
    }
  return conversation === null ? null : { link: linked('other', conversation, spanId, null), told: mention }
}

/** No word that is known says what it is: a model and counts do. A model alone is on spans of servers and caches as well. */
function isGuess({ attributes }: GenAiSpan): boolean {
  if (requestModelOf(attributes) === null && field(attributes, 'responseModel') === null) return false
  const { inputTokens, outputTokens } = usageOf(attributes)
  return inputTokens !== null || outputTokens !== null
}

function callOf(span: GenAiSpan, sender: GenAiSender, isSaid: boolean, conversation: string | null): Told {
  const { attributes } = span
  return toldOf(span, sender, isSaid ? 'call' : 'guess', conversation, {
    provider: field(attributes, 'provider'),
    operation: operationOf(field(attributes, 'operation') ?? 'chat'),
    requestModel: requestModelOf(attributes),
    responseModel: field(attributes, 'responseModel'),
    ids: everyField(attributes, 'id'),
    usage: usageOf(attributes),
    ttftMs: ttftMsOf(attributes),
    reportedCostUsd: reportedCostOf(attributes),
    finishReasons: finishReasonsOf(attributes),
  })
}

/** `ai.generateText.doGenerate`, `LLM`, `"CHAT_MODEL"` and others in the conventions' words. */
function operationOf(word: string): string {
  if (/embed/i.test(word)) return 'embeddings'
  if (word === 'text.completions') return 'text_completion'
  return /^(?:ai\.|llm$|chat\.completions$|"|generation$)/i.test(word) ? 'chat' : word
}

function stepOf(span: GenAiSpan, sender: GenAiSender, kind: 'agent' | 'tool', conversation: string | null): Told {
  const { attributes } = span
  return toldOf(span, sender, kind, conversation, {
    name: field(attributes, kind) ?? span.name,
    callId: kind === 'tool' ? field(attributes, 'callId') : null,
    summary: kind === 'tool' ? said(field(attributes, 'arguments')) : null,
  })
}
