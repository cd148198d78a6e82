import type { Attributes } from '../attributes.ts'
import { isOwn } from './sender.ts'

/** The one span of Codex that is read for them: what `otel.span_attributes` names stands on every span alike. */
const readSpan = 'session_task.turn'

/** What Codex says on that span itself (0.169.0 to 0.171.0), and what names a session, a turn or a call on any record. */
const ownKeys = new Set([
  ...['thread.id', 'thread_id', 'conversation.id', 'session.id', 'turn.id', 'turn_id', 'call_id', 'tool_call_id'],
  ...['model', 'target', 'thread.name', 'busy_ns', 'idle_ns', 'env', 'event.name', 'event.timestamp', 'app.version'],
])
const ownFamilies = /^(?:codex|code|gen_ai|service|telemetry|host|os|process|otel)\./

/** Longer texts are no names that somebody narrows by. */
const longestKey = 200
export const longestValue = 500
/** A hook may send what it likes: of a session, so many are kept. */
export const mostAttributes = 500

export interface SessionAttribute {
  readonly key: string
  readonly value: string
}

/**
 * What a record says of its session beside what Codex itself says: branch, ticket, batch, as its hooks and its configuration name them.
 * `resource` is what the sending process says of itself.
 */
export function attributesOfSession(
  record: { readonly name: string; readonly scope: string; readonly attributes: Attributes },
  resource: Attributes,
): readonly SessionAttribute[] {
  if (isOwn(record) && record.name !== readSpan) return []
  const said = Object.entries({ ...resource, ...record.attributes })
  return said.flatMap(([key, value]) => {
    if (ownKeys.has(key) || ownFamilies.test(key) || key === '' || key.length > longestKey) return []
    if (typeof value === 'object' || value === undefined || value === null) return []
    const text = String(value)
    return text === '' || text.length > longestValue ? [] : [{ key, value: text }]
  })
}
