import type { Attributes } from '../../attributes.ts'
import type { Fact } from '../facts.ts'

/** One log record of Codex that has a name, decoded. */
export interface CodexEvent {
  readonly atNs: bigint
  /** Attribute `conversation.id`; null where the event has none. */
  readonly sessionId: string | null
  /** '' where it stands in none. */
  readonly traceId: string
  readonly attributes: Attributes
}

/** What Colophon knows of one kind of event. An event without a reader is kept whole and shown generically. */
export interface EventReader {
  readonly name: string
  /** Attributes that are counts: what stands there and is none is told as misread. */
  readonly counts: readonly string[]
  /** The facts that the event yields; none where it lacks what they need. */
  readonly facts: (event: CodexEvent) => readonly Fact[]
  /** One line for lists. */
  readonly summary: (attributes: Attributes) => string
}
