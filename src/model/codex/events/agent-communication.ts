import { text } from '../../attributes.ts'
import type { EventReader } from './event.ts'

/** What Codex writes in place of a message that it does not log. */
const encrypted = '[plaintext]'

/** Has no conversation id: sender and receiver are named instead. A `spawn` makes the receiver the sender's sub-agent. */
export const agentCommunication: EventReader = {
  name: 'codex.agent_communication',
  counts: [],
  facts: ({ atNs, attributes }) => {
    const parentId = text(attributes, 'sender_thread_id')
    const sessionId = text(attributes, 'receiver_thread_id')
    if (text(attributes, 'kind') !== 'spawn' || parentId === null || sessionId === null) return []
    const message = text(attributes, 'content')
    return [
      {
        fact: 'spawn',
        sessionId,
        parentId,
        atNs,
        message: message === encrypted ? null : (message?.slice(0, 500) ?? null),
      },
    ]
  },
  summary: (attributes) =>
    [text(attributes, 'kind'), text(attributes, 'state'), text(attributes, 'content')]
      .filter((part) => part !== null)
      .join(' · '),
}
