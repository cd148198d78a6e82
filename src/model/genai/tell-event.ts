import { flag, text, type Attributes } from '../attributes.ts'
import { amountOf } from '../counts.ts'
import { conversationOf } from './conversation.ts'
import { sayingNothing, userOf, type GenAiSender } from './sender.ts'
import type { Says, Told } from './told.ts'

/** One log record of an application other than Codex. */
export interface GenAiEvent {
  readonly name: string
  /** Where it is a text. */
  readonly body: string
  readonly timeNs: bigint
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Attributes
}

export type EventReader = (event: GenAiEvent, sender: GenAiSender) => Told

/**
 * What a log's telling goes by within its session. Two records of one millisecond are told apart by what they carry; the same record
 * sent again carries the same.
 */
export function markOfLog(name: string, timeNs: string, attributes: Attributes): string {
  const number = ['request_id', 'event.sequence', 'prompt_id', 'tool_use_id', 'duration_ms', 'gen_ai.response.id']
    .map((key) => text(attributes, key))
    .filter((part) => part !== null)
  return [name, timeNs, ...number].join(' ')
}

/** A log is written when what it tells of has ended. */
export function eventTold(event: GenAiEvent, sender: GenAiSender, kind: Told['kind'], says: Partial<Says>): Told {
  const { attributes, name, body, timeNs, spanId } = event
  const conversation = conversationOf(attributes, sender, name, body)
  const durationMs = kind === 'prompt' ? null : amountOf(attributes, 'duration_ms')
  const durationNs = BigInt(Math.round((durationMs ?? 0) * 1e6))
  const failed = flag(attributes, 'success') === false
  return {
    kind,
    traceId: '',
    spanId: `${conversation ?? ''} ${markOfLog(name, String(timeNs), attributes)}`,
    parentSpanId: null,
    startNs: timeNs > durationNs ? timeNs - durationNs : timeNs,
    durationNs,
    conversation,
    service: sender.service,
    event: name,
    says: {
      ...sayingNothing(sender),
      version: sender.version ?? text(attributes, 'app.version'),
      user: text(attributes, 'user.email') ?? userOf(attributes, sender),
      status: failed ? 'failed' : 'completed',
      errorType: failed ? (text(attributes, 'error_type') ?? text(attributes, 'error') ?? '_OTHER') : null,
      within: spanId === '' ? null : spanId,
      ...says,
    },
  }
}
