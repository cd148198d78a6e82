import type { CallEvidence, Evidence } from '../settle/evidence.ts'
import { settleTurns, turnFinder } from '../settle/turns.ts'
import { boundsOf } from './bounds.ts'
import type { FileAnswer, FileEvidence, FileTurn } from './file-evidence.ts'
import { pairByTime, pairInOrder, sameMomentNs } from './pair.ts'

interface JoinedCalls {
  readonly known: readonly CallEvidence[]
  readonly added: readonly CallEvidence[]
}

/** Within a turn, the n-th answer of the file with these tokens is the n-th of the telemetry with them; what is left is looked for near by. */
export function joinCalls(evidence: Evidence, file: FileEvidence): JoinedCalls {
  const turnAt = turnFinder(settleTurns(evidence))
  const completed = evidence.calls.filter(({ status }) => status === 'completed')
  const inTurn = (turnId: string | null | undefined, call: Usage): string | null =>
    turnId === null || turnId === undefined ? null : `${turnId} ${usageKey(call)}`
  const byTurn = pairInOrder(
    completed,
    file.answers,
    (call) => inTurn(turnAt(call.at)?.turnId, call),
    (answer) => inTurn(answer.turnId, answer),
  )
  const taken = new Set(byTurn.values())
  const nearBy = pairByTime(
    completed.filter((call) => !byTurn.has(call)),
    file.answers.filter((answer) => !taken.has(answer)),
    sameMomentNs,
    usageKey,
    usageKey,
  )
  const pairs = new Map([...byTurn, ...nearBy])
  const known = new Set(pairs.values())
  const left = distinct(file.answers.filter((answer) => !known.has(answer)))
  const bounds = boundsOf(file, left)
  const turnsOfFile = new Map(file.turns.map((turn) => [turn.turnId, turn]))
  return {
    known: evidence.calls.map((call) => {
      const answer = pairs.get(call)
      return answer === undefined ? call : { ...call, turnId: answer.turnId, witness: 'both' }
    }),
    added: left.map((answer, index) => ({
      ...asEvidence(answer, answer.turnId === null ? undefined : turnsOfFile.get(answer.turnId)),
      ...(bounds[index] ?? { begunAfter: 0, firstItemAt: null }),
    })),
  }
}

type Usage = Pick<FileAnswer, 'input' | 'cached' | 'cacheWrite' | 'output' | 'reasoning'>

function usageKey({ input, cached, cacheWrite, output, reasoning }: Usage): string {
  return [input, cached, cacheWrite, output, reasoning].join(' ')
}

/** Few enough for an answer's millisecond, and enough to be told apart for years after the session's first moment. */
const apartNs = 64

/** Two answers of one millisecond are two: a row is told by its time. */
function distinct(answers: readonly FileAnswer[]): FileAnswer[] {
  let last = -Infinity
  return [...answers]
    .sort((a, b) => a.at - b.at)
    .map((answer) => {
      last = Math.max(answer.at, last + apartNs)
      return { ...answer, at: last }
    })
}

function asEvidence(answer: FileAnswer, turn: FileTurn | undefined): Omit<CallEvidence, 'begunAfter' | 'firstItemAt'> {
  return {
    ...answer,
    status: 'completed',
    eventKind: 'file',
    model: turn?.model ?? answer.model,
    effort: turn?.effort ?? answer.effort,
    ttftMs: null,
    witness: 'file',
  }
}
