import { text, type Attributes } from '../../../attributes.ts'
import { isInherited } from '../inherited.ts'
import { part, parts } from '../payload.ts'
import type { RecordReader } from '../record.ts'
import { ownItem } from './own-item.ts'

/** What a person wrote, also in the middle of a turn. The response items have it as well, among context that Codex adds. */
export const userMessageItem: RecordReader = {
  kind: 'event_msg/item_completed/UserMessage',
  read: (line, state) => {
    const turnId = ownItem(line, state)
    if (turnId === undefined) return []
    const length = promptText(line.payload).length
    const { threadId: sessionId, rolloutId } = state
    return [{ fact: 'rollout_prompt', sessionId, turnId, rolloutId, atMs: line.atMs, length, place: line.place }]
  },
}

/** The same in legacy files, which copy it into forks. */
export const userMessage: RecordReader = {
  kind: 'event_msg/user_message',
  read: ({ payload, atMs, place }, { threadId, rolloutId, turnId }) => {
    if (isInherited(turnId, threadId)) return []
    const length = (text(payload, 'message') ?? '').length
    return [{ fact: 'rollout_prompt', sessionId: threadId, turnId, rolloutId, atMs, length, place }]
  },
}

/** The words of a prompt by its line's payload, item or legacy event. */
export function promptText(payload: Attributes): string {
  const message = text(payload, 'message')
  if (message !== null) return message
  return parts(part(payload, 'item'), 'content')
    .filter((piece) => piece.type === 'text')
    .map((piece) => text(piece, 'text') ?? '')
    .join('')
}
