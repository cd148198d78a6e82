import type { Attributes } from '../../attributes.ts'
import { notCounts } from '../../counts.ts'
import type { Fact } from '../facts.ts'
import { agentCommunication } from './agent-communication.ts'
import { apiRequest, websocketConnect, websocketRequest } from './api-request.ts'
import { conversationStarts } from './conversation-starts.ts'
import type { CodexEvent, EventReader } from './event.ts'
import { startupPhase } from './startup-phase.ts'
import { shownOnly } from './shown-only.ts'
import { sseEvent } from './sse-event.ts'
import { toolDecision } from './tool-decision.ts'
import { toolResult } from './tool-result.ts'
import { userPrompt } from './user-prompt.ts'

const readers = new Map<string, EventReader>(
  [
    conversationStarts,
    userPrompt,
    sseEvent,
    apiRequest,
    websocketConnect,
    websocketRequest,
    toolDecision,
    toolResult,
    agentCommunication,
    startupPhase,
    ...shownOnly,
  ].map((reader) => [reader.name, reader]),
)

export function factsOfEvent(name: string, event: CodexEvent): readonly Fact[] {
  return readers.get(name)?.facts(event) ?? []
}

/** Attributes of a known event that were meant to be counts and are none. */
export function misreadOfEvent(name: string, attributes: Attributes): readonly string[] {
  return notCounts(attributes, readers.get(name)?.counts ?? [])
}

export function isKnownEvent(name: string): boolean {
  return readers.has(name)
}

/** One line for lists; '' for an event that Colophon does not know. */
export function summaryOfEvent(name: string, attributes: Attributes): string {
  return readers.get(name)?.summary(attributes) ?? ''
}
