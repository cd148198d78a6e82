import { flag, text } from '../attributes.ts'
import type { CodexSpan, SpanLink } from '../codex/spans/index.ts'
import { errorClass } from './fields.ts'
import { sayingNothing, userOf, type GenAiSender } from './sender.ts'
import type { Says, Told } from './told.ts'

/** A span as it is read, whoever sent it. */
export interface GenAiSpan extends CodexSpan {
  /** Whether the span's status is an error. */
  readonly failed: boolean
  /** Whether both of its times can be right. */
  readonly isTimed: boolean
  /** `exception.type` of its last exception event. */
  readonly exception: string | null
}

export interface ReadSpan {
  readonly link: SpanLink
  /** null: the span belongs to its session, and another record is the source. */
  readonly told: Told | null
}

export function linked(
  kind: SpanLink['kind'],
  conversationId: string | null,
  turnId: string | null,
  callId: string | null,
): SpanLink {
  return { kind, conversationId, turnId, callId }
}

function placeOf(span: GenAiSpan, sender: GenAiSender, conversation: string | null): Omit<Told, 'kind' | 'says'> {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId === '' ? null : span.parentSpanId,
    startNs: span.startNs,
    durationNs: span.isTimed ? span.endNs - span.startNs : null,
    conversation,
    service: sender.service,
    event: null,
  }
}

/** One a trace and conversation: a browser names its session on every span. */
export function mentionOf(span: GenAiSpan, sender: GenAiSender, conversation: string): Told {
  const says = sayingNothing(sender)
  return { kind: 'mention', ...placeOf(span, sender, conversation), spanId: `names ${conversation}`, startNs: 0n, says }
}

/** What is said of any span: of its sender, and how it ended. */
export function endOf(span: GenAiSpan, sender: GenAiSender): Says {
  const { attributes } = span
  const succeeded = flag(attributes, 'success')
  const errorType = errorClass(attributes, span.exception)
  const failed = span.failed || succeeded === false || text(attributes, 'error.type') !== null
  return {
    ...sayingNothing(sender),
    user: userOf(attributes, sender),
    status: failed ? 'failed' : 'completed',
    // `_OTHER` is the convention's own word for an error of no class.
    errorType: failed ? (errorType ?? '_OTHER') : null,
  }
}

export function toldOf(
  span: GenAiSpan,
  sender: GenAiSender,
  kind: Told['kind'],
  conversation: string | null,
  says: Partial<Says>,
): Told {
  return { kind, ...placeOf(span, sender, conversation), says: { ...endOf(span, sender), ...says } }
}
