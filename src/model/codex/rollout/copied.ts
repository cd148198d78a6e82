import type { RolloutFact, RolloutTurnEnd, Usage } from './facts.ts'
import { bornMs } from './file-name.ts'
import type { CopiedTurn, RolloutState } from './record.ts'

/** An answer that stands in a copy of an ancestor's turn. What is known of the turn before is told with the first of the next. */
export function answerOfCopied(
  state: RolloutState,
  of: Omit<CopiedTurn, 'answers'>,
  answer: { readonly responseId: string; readonly usage: Usage },
): readonly RolloutFact[] {
  const known = state.copied?.turnId === of.turnId ? state.copied : undefined
  const before = known === undefined ? factsOfCopied(state, null) : []
  // Beside records the meter counts nothing.
  if (known?.isRecorded === true && !of.isRecorded) return before
  const isFirst = known === undefined || known.isRecorded !== of.isRecorded
  const turn = isFirst ? { ...of, answers: [] } : known
  state.copied = turn
  turn.answers.push(answer)
  return before
}

/** A step of the meter in a copied turn of before token_usage_record; without an id of its own, it is the nth of its turn in every copy. */
export function stepOfCopied(state: RolloutState, usage: Usage): readonly RolloutFact[] {
  const { turnId, copied } = state
  const threadId = turnId === null ? null : ancestorOf(turnId, state.ancestors ?? [])
  if (turnId === null || threadId === null) return []
  const nth = copied?.turnId === turnId ? copied.answers.length : 0
  return answerOfCopied(
    state,
    { turnId, threadId, isRecorded: false },
    { responseId: `${turnId}-${String(nth)}`, usage },
  )
}

/** Whose a turn was: the youngest of the threads that are older. null: nothing tells. */
function ancestorOf(turnId: string, ancestors: readonly string[]): string | null {
  const turn = bornMs(turnId) ?? -Infinity
  const older = ancestors.filter((id) => (bornMs(id) ?? Infinity) <= turn)
  // Ids that tell a time sort by it.
  return older.sort().at(-1) ?? null
}

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
