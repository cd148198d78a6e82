import type { Difference } from '../../session/witness.ts'
import type { Witness } from '../../session/witness.ts'
import type { Settled } from '../settle/index.ts'
import type { Evidence } from '../settle/evidence.ts'

/**
 * What one witness of a session should have and does not. Left out is what it never has: failed responses, calls that were broken off and
 * commands of a person stand in one of them alone, and without traces the telemetry knows no turns.
 */
export function differencesOf(evidence: Evidence, { turns }: Pick<Settled, 'turns'>): readonly Difference[] {
  const { calls, tools, prompts, turnSpans, mentions, thread } = evidence
  const told = <T extends { witness: Witness }>(things: readonly T[]): readonly Witness[] =>
    things.map(({ witness }) => witness)
  const hasTurns = [...turnSpans, ...mentions].some(({ witness }) => witness !== 'file')
  const lists: Readonly<Record<Difference['what'], readonly Witness[]>> = {
    turns: hasTurns ? told(turns) : [],
    modelCalls: told(calls.filter(({ status }) => status === 'completed')),
    toolCalls: told(tools.filter(({ at, source }) => at !== null && source !== 'user_shell')),
    prompts: thread?.kind === 'user' ? told(prompts) : [],
  }
  return Object.entries(lists).flatMap(([what, witnesses]) =>
    (['telemetry', 'file'] as const).flatMap((witness) => {
      const count = witnesses.filter((one) => one === witness).length
      return count === 0 ? [] : [{ what: what as Difference['what'], witness, count }]
    }),
  )
}
