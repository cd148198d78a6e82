import { flag, text, type Attributes } from '../../attributes.ts'
import { countOf } from '../../counts.ts'
import type { ApiAttempt } from '../facts.ts'
import type { CodexEvent, EventReader } from './event.ts'

function attempt(kind: ApiAttempt['kind'], { sessionId, atNs, attributes }: CodexEvent): readonly ApiAttempt[] {
  if (sessionId === null) return []
  const statusCode = countOf(attributes, 'http.response.status_code')
  const error = text(attributes, 'error.message')
  const stated = flag(attributes, 'success')
  return [
    {
      fact: 'api_attempt',
      sessionId,
      atNs,
      kind,
      attempt: countOf(attributes, 'attempt') ?? 0,
      endpoint: text(attributes, 'endpoint'),
      statusCode,
      success: stated ?? (error === null && (statusCode === null || statusCode < 400)),
      durationMs: countOf(attributes, 'duration_ms'),
      model: text(attributes, 'model'),
      error,
    },
  ]
}

function summary(attributes: Attributes): string {
  const outcome = text(attributes, 'error.message') ?? text(attributes, 'http.response.status_code') ?? ''
  const number = countOf(attributes, 'attempt') ?? 0
  const parts = [text(attributes, 'endpoint') ?? '', outcome, number > 0 ? `attempt ${number + 1}` : '']
  return parts.filter((part) => part !== '').join(' · ')
}

const counts = ['http.response.status_code', 'attempt', 'duration_ms']

/** Each HTTP attempt; `attempt` counts from 0 and starts anew with each retry of the stream. */
export const apiRequest: EventReader = {
  name: 'codex.api_request',
  counts,
  facts: (event) => attempt('http', event),
  summary,
}

export const websocketConnect: EventReader = {
  name: 'codex.websocket_connect',
  counts,
  facts: (event) => attempt('ws_connect', event),
  summary,
}

/** Its duration times the sending alone, not the answer. */
export const websocketRequest: EventReader = {
  name: 'codex.websocket_request',
  counts,
  facts: (event) => attempt('ws_request', event),
  summary,
}
