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
 *
 * Of some of the file's answers, in the order of time, all in one look: a session may have a hundred thousand.
 */
export function boundsOf(file: FileEvidence, some: readonly FileAnswer[]): readonly CallBounds[] {
  const moments = file.answers.map(({ at }) => at).sort((a, b) => a - b)
  const tools = [...file.tools].sort((a, b) => a.start - b.start)
  const compactions = file.compactions.map(({ at }) => at).sort((a, b) => a - b)
  const turns = new Map(file.turns.map((turn) => [turn.turnId, turn]))
  let [moment, tool, compaction] = [0, 0, 0]
  let [before, told, compacted] = [0, 0, 0]
  /** What the model was told of calls that began before the answer before, and perhaps only after this one. */
  let later: number[] = []
  let soonest = Infinity
  return some.map((answer) => {
    for (; (moments[moment] ?? Infinity) < answer.at; moment++) before = moments[moment] ?? before
    for (; (tools[tool]?.start ?? Infinity) <= before; tool++) {
      const at = tools[tool]?.saidAt ?? 0
      later.push(at)
      soonest = Math.min(soonest, at)
    }
    if (soonest <= answer.at) {
      for (const at of later) if (at <= answer.at) told = Math.max(told, at)
      later = later.filter((at) => at > answer.at)
      soonest = later.reduce((a, b) => Math.min(a, b), Infinity)
    }
    for (; (compactions[compaction] ?? Infinity) <= answer.at; compaction++)
      compacted = compactions[compaction] ?? compacted
    const turn = answer.turnId === null ? undefined : turns.get(answer.turnId)
    const begun = turn?.start ?? 0
    const begunAfter = Math.max(begun <= answer.at ? begun : 0, before, told, compacted, 0)
    const first =
      turn === undefined || turn.start === null || turn.ttftMs === null ? null : turn.start + turn.ttftMs * 1e6
    return { begunAfter, firstItemAt: first !== null && first >= begunAfter && first <= answer.at ? first : null }
  })
}
