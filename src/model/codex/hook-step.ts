import type { Fact } from './facts.ts'
import { isOwn, type Said } from './sender.ts'
import { isSpanOfCodex } from './spans/index.ts'
import type { SpanLink } from './spans/span.ts'

/** Where a record of another program lies: of a log both times are the same, and `spanId` is ''. */
export interface Placed {
  readonly spanId: string
  readonly startNs: bigint
  readonly endNs: bigint
}

/** A step of a hook: what a program other than Codex says of a session that it names. */
export function hookStep(
  said: Said,
  link: Omit<SpanLink, 'kind'>,
  { spanId, startNs, endNs }: Placed,
): readonly Fact[] {
  const { conversationId: sessionId, turnId, callId } = link
  if (sessionId === null || isOwn(said) || isSpanOfCodex(said.name)) return []
  const ended = endNs < startNs ? startNs : endNs
  const name = said.name === '' ? 'log' : said.name
  return [{ fact: 'hook_step', sessionId, spanId, name, startNs, endNs: ended, service: said.service, turnId, callId }]
}
