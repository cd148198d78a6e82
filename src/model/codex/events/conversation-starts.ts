import { text } from '../../attributes.ts'
import type { EventReader } from './event.ts'

/** Each thread once: also a resumed one, and the helpers that Codex starts by itself. */
export const conversationStarts: EventReader = {
  name: 'codex.conversation_starts',
  counts: [],
  facts: ({ sessionId, atNs, traceId, attributes }) =>
    sessionId === null
      ? []
      : [
          {
            fact: 'session_start',
            sessionId,
            atNs,
            model: text(attributes, 'model'),
            effort: text(attributes, 'reasoning_effort'),
            provider: text(attributes, 'provider_name'),
            approvalPolicy: text(attributes, 'approval_policy'),
            sandboxPolicy: text(attributes, 'sandbox_policy'),
            mcpServers: text(attributes, 'mcp_servers'),
            traceId: traceId === '' ? null : traceId,
          },
        ],
  summary: (attributes) =>
    [
      text(attributes, 'model'),
      text(attributes, 'provider_name'),
      text(attributes, 'approval_policy'),
      text(attributes, 'sandbox_policy'),
    ]
      .filter((part) => part !== null)
      .join(' · '),
}
