import type { PromptEvidence } from '../settle/evidence.ts'
import type { FilePrompt } from './file-evidence.ts'
import type { FileOnlyPrompt } from './file-only.ts'
import { pairByTime, sameMomentNs } from './pair.ts'

interface JoinedPrompts {
  readonly known: readonly PromptEvidence[]
  readonly added: readonly FileOnlyPrompt[]
  /** Of prompts of the telemetry: the turn that the file puts them into. */
  readonly turnIds: ReadonlyMap<number, string>
}

const any = (): string => ''

export function joinPrompts(ours: readonly PromptEvidence[], theirs: readonly FilePrompt[]): JoinedPrompts {
  const pairs = pairByTime(ours, theirs, sameMomentNs, any, any)
  const paired = new Set(pairs.values())
  return {
    known: ours.map((prompt) => {
      const told = pairs.get(prompt)
      return told === undefined ? prompt : { ...prompt, turnId: told.turnId, witness: 'both' }
    }),
    added: theirs
      .filter((prompt) => !paired.has(prompt))
      .map(({ at, turnId, length }) => ({ at, turnId, length, text: null, witness: 'file' })),
    turnIds: new Map([...pairs].flatMap(([{ at }, { turnId }]) => (turnId === null ? [] : [[at, turnId] as const]))),
  }
}
