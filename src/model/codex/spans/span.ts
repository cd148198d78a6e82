import type { Attributes } from '../../attributes.ts'

/** One span that names a conversation, turn or call, decoded. Ids are lower-case hex. */
export interface CodexSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  /** '' for a root. */
  readonly parentSpanId: string
  readonly startNs: bigint
  readonly endNs: bigint
  readonly attributes: Attributes
}

/**
 * What a span is to the session tree. The numbers are stored: never renumber.
 * other: names a conversation, turn or call, but no row is made of it.
 */
export const linkKinds = {
  other: 0,
  loop: 1,
  process: 2,
  turn: 3,
  turn_request: 4,
  round: 5,
  attempt: 6,
  sampling: 7,
  tool: 8,
  compaction: 9,
  review: 10,
  /** A model call of an application whose row comes from its log. */
  model: 11,
} as const

export type LinkKind = keyof typeof linkKinds

export interface SpanLink {
  readonly kind: LinkKind
  readonly conversationId: string | null
  readonly turnId: string | null
  readonly callId: string | null
}
