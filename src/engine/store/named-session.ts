import { conversationOf as codexConversationOf, isCodex, isCodexName } from '../../model/codex/sender.ts'
import { text } from '../../model/attributes.ts'
import { conversationOf } from '../../model/genai/conversation.ts'
import { genAiSender } from '../../model/genai/sender.ts'
import type { LogView } from '../otlp/wire/logs.ts'
import type { Sender } from '../otlp/wire/resource.ts'
import { attributesOf, speaksOfModels, type SpanView } from '../otlp/wire/spans.ts'

/** Whose a log is, and the conversation that it names of Codex: what others say of such a one, they say in Codex's words for it. */
export function ofCodex({ event: name, attributes }: LogView, sender: Sender) {
  const isOfCodex = isCodex({ ...sender, name, attributes })
  return { isOfCodex, conversation: isOfCodex ? codexConversationOf(attributes) : text(attributes, 'conversation.id') }
}

/** The conversation that a log names, of Codex or of an application. */
export function conversationOfLog(log: LogView, sender: Sender): string | null {
  const { isOfCodex, conversation } = ofCodex(log, sender)
  if (isOfCodex || conversation !== null) return conversation
  return conversationOf(log.attributes, genAiSender(sender), log.event, log.body)
}

/** The same for a span that `eachSpan` is visiting. */
export function conversationOfSpan(view: SpanView, sender: Sender): string | null {
  if (!view.linked && (isCodexName(sender.service) || isCodexName(sender.scope) || !speaksOfModels(view))) return null
  const name = view.bytes.toString('utf8', view.nameStart, view.nameEnd)
  const attributes = attributesOf(view)
  const own = isCodex({ ...sender, name, attributes }) ? null : conversationOf(attributes, genAiSender(sender), name)
  return own ?? codexConversationOf(attributes)
}
