import type { RolloutCall, RolloutStep, Usage } from './facts.ts'

/** One answer of the model, as the files tell it. */
export interface Answer {
  readonly atMs: number
  readonly turnId: string | null
  /** null in files that are older than token_usage_record. */
  readonly responseId: string | null
  readonly usage: Usage
  /** null: its turn has it. */
  readonly model: string | null
  readonly effort: string | null
}

type Call = Pick<RolloutCall, 'responseId' | 'turnId' | 'atMs' | 'usage'>
type Step = Pick<RolloutStep, 'turnId' | 'atMs' | 'usage' | 'model' | 'effort'>

/**
 * The answers of one thread, each once: its records by response, of which a fork's file holds copies with later times; and the steps of
 * the meter in turns that have no record. Every other number in the files is a meter of the context, which forks and rewinds move.
 */
export function answersOf(calls: readonly Call[], steps: readonly Step[]): readonly Answer[] {
  const first = new Map<string, Call>()
  for (const call of calls) {
    const known = first.get(call.responseId)
    if (known === undefined || call.atMs < known.atMs) first.set(call.responseId, call)
  }
  const recorded = new Set([...first.values()].map(({ turnId }) => turnId))
  const counted = steps
    .filter(({ turnId }) => !recorded.has(turnId))
    .map(({ turnId, atMs, usage, model, effort }): Answer => ({ atMs, turnId, responseId: null, usage, model, effort }))
  const named = [...first.values()].map((call): Answer => ({ ...call, model: null, effort: null }))
  return [...named, ...counted].sort((a, b) => a.atMs - b.atMs)
}
