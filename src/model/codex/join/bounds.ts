import type { FileAnswer, FileEvidence } from './file-evidence.ts'

export interface CallBounds {
  /** The answer was asked for no earlier. */
  readonly begunAfter: number
  /** When its first item came, where the turn tells. */
  readonly firstItemAt: number | null
}

/**
 * When an answer was asked for is in no file. It was after its turn had begun, after the answer before it, after what that answer had
 * asked for was told to the model, and after a compaction. A result of the answer's own calls, which may be there before it, tells nothing.
 */
export function boundsOf(file: FileEvidence): (answer: FileAnswer) => CallBounds {
  const answers = [...file.answers].sort((a, b) => a.at - b.at)
  const turns = new Map(file.turns.map((turn) => [turn.turnId, turn]))
  return (answer) => {
    const before = answers.findLast(({ at }) => at < answer.at)?.at ?? 0
    const turn = answer.turnId === null ? undefined : turns.get(answer.turnId)
    const told = file.tools.filter(({ start }) => start <= before).map(({ saidAt }) => saidAt ?? 0)
    const moments = [turn?.start ?? 0, before, ...told, ...file.compactions.map(({ at }) => at)]
    const begunAfter = moments.filter((at) => at <= answer.at).reduce((a, b) => Math.max(a, b), 0)
    const first =
      turn === undefined || turn.start === null || turn.ttftMs === null ? null : turn.start + turn.ttftMs * 1e6
    return { begunAfter, firstItemAt: first !== null && first >= begunAfter && first <= answer.at ? first : null }
  }
}
