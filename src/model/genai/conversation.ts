import type { Attributes } from '../attributes.ts'
import { field, named } from './fields.ts'
import { commandLineTool, type GenAiSender } from './sender.ts'

/**
 * The conversation that a record names, by the names of all producers; `names` are the record's own. A command line tool's session counts
 * before the conventions' words, and stands on its resource where records leave it out.
 */
export function conversationOf(
  attributes: Attributes,
  sender: GenAiSender,
  ...names: readonly string[]
): string | null {
  if (commandLineTool(sender, ...names) === null) return field(attributes, 'conversation')
  return (
    named(attributes, 'session.id') ??
    named(attributes, 'gen_ai.conversation.id') ??
    named(sender.attributes, 'session.id')
  )
}
