import type { CapturedBody } from '../../captures.ts'

/** OTLP/JSON requests with one record, and what they are sent as. */
export function jsonBody(signal: CapturedBody['signal'], request: unknown): CapturedBody {
  return { signal, encoding: 'json', bytes: new TextEncoder().encode(JSON.stringify(request)) }
}

export function spanRequest(...spans: readonly object[]): unknown {
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] }
}

export function logRequest(...logRecords: readonly object[]): unknown {
  return { resourceLogs: [{ scopeLogs: [{ logRecords }] }] }
}

export function texts(attributes: Readonly<Record<string, string>>): unknown[] {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }))
}

/** A prompt that makes a session of its own. */
export function promptOf(conversation: string, atNs = 1_790_000_000_000_000_000n): CapturedBody {
  const attributes = texts({ 'event.name': 'codex.user_prompt', 'conversation.id': conversation, prompt: 'hello' })
  return jsonBody('logs', logRequest({ observedTimeUnixNano: String(atNs), attributes }))
}

let made = 0

/** A span of the conversation's turn `turn-1`, with ids that no other has. */
export function turnSpan(conversation: string, fields: object = {}): object {
  made++
  return {
    traceId: made.toString(16).padStart(32, 'a'),
    spanId: made.toString(16).padStart(16, 'b'),
    name: 'session_task.turn',
    startTimeUnixNano: '1790000000000000000',
    endTimeUnixNano: '1790000001000000000',
    attributes: texts({ 'thread.id': conversation, 'turn.id': 'turn-1' }),
    ...fields,
  }
}

/** A value that is an array in an array and so on. */
export function nested(depth: number): unknown {
  let value: unknown = { stringValue: 'core' }
  for (let level = 0; level < depth; level++) value = { arrayValue: { values: [value] } }
  return value
}
