import type { RolloutFact, RolloutTurnEnd } from './facts.ts'
import { bornMs } from './file-name.ts'
import type { RolloutState } from './record.ts'

/** What a copied turn says of its ancestor, once all of it is there. Its end: when it began, which its id tells, and how long it took. */
export function factsOfCopied(
  { copied, copiedContext, rolloutId }: RolloutState,
  end: Pick<RolloutTurnEnd, 'state' | 'durationMs' | 'ttftMs' | 'error'> | null,
): readonly RolloutFact[] {
  const startMs = copied === undefined ? null : bornMs(copied.turnId)
  if (copied === undefined || startMs === null) return []
  const { turnId, threadId: sessionId, answers } = copied
  const of = { sessionId, turnId, rolloutId }
  // When each answer came is not known: by the end at the latest, in their order.
  const endMs = startMs + Math.max(end?.durationMs ?? 0, answers.length)
  const context = copiedContext?.turnId === turnId ? copiedContext : null
  return [
    {
      fact: 'rollout_turn_start',
      ...of,
      startMs,
      ordinal: null,
      traceId: null,
      parentTurnId: null,
      contextWindow: null,
    },
    ...(context === null ? [] : [{ fact: 'rollout_turn_context', ...context, ...of, atMs: startMs } as const]),
    ...answers.map(({ responseId, usage }, i): RolloutFact => ({
      fact: 'rollout_call',
      ...{ sessionId, responseId, turnId, usage },
      atMs: endMs - (answers.length - 1 - i),
    })),
    ...(end === null ? [] : [{ fact: 'rollout_turn_end', ...of, ...end, endMs } as const]),
  ]
}
