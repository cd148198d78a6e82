import { text } from '../../attributes.ts'
import type { EventReader } from './event.ts'

/** Before a command or patch runs. Esc on an approval leaves none: only the tool's aborted span shows it. */
export const toolDecision: EventReader = {
  name: 'codex.tool_decision',
  counts: [],
  facts: ({ sessionId, atNs, attributes }) => {
    const callId = text(attributes, 'call_id')
    const decision = text(attributes, 'decision')
    if (sessionId === null || callId === null || decision === null) return []
    return [
      {
        fact: 'decision',
        sessionId,
        callId,
        atNs,
        decision,
        source: text(attributes, 'source'),
        tool: text(attributes, 'tool_name'),
      },
    ]
  },
  summary: (attributes) =>
    [text(attributes, 'tool_name'), text(attributes, 'decision'), text(attributes, 'source')]
      .filter((part) => part !== null)
      .join(' · '),
}
