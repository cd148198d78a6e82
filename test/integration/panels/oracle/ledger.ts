import type { Value } from '../../../../src/contract/index.ts'
import { keepsSession, usedModel } from './facts.ts'
import type { Known } from './known.ts'
import { bucketStart, groups, sum, type Question, type Row } from './question.ts'

/**
 * The shares of a turn come from `session.ledger`, which has tests of its own: by hand for each kind, and that they add up. What a
 * panel does with them is computed here: which turns count, where they fall, and what is unknown.
 */
export type Ledgers = ReadonlyMap<string, Value<'session.ledger'>>
type TurnLedger = Value<'session.ledger'>['turns'][number]

function turnsIn(known: Known, ledgers: Ledgers, { fromMs, toMs, filters }: Question): TurnLedger[] {
  return known.sessions
    .filter((session) => keepsSession(filters, session) && usedModel(filters, session))
    .flatMap(({ id }) => ledgers.get(id)?.turns ?? [])
    .filter(({ startMs }) => startMs >= fromMs && startMs < toMs)
}

function shareOf({ shares }: TurnLedger, kind: string): number | null {
  return shares.find((share) => share.kind === kind)?.ms ?? null
}

const known = {
  ...{
    modelWait: 'model_wait',
    modelStream: 'model_stream',
    model: 'model',
    toolRun: 'tool_run',
    sandboxRetry: 'sandbox_retry',
  },
  ...{ hook: 'hook', retry: 'retry', waitUser: 'wait_user', waitReviewer: 'wait_reviewer', away: 'away' },
}

export function waitShare(facts: Known, ledgers: Ledgers, question: Question): Row[] {
  const start = ({ startMs }: TurnLedger): string => String(bucketStart(question, startMs))
  return groups(turnsIn(facts, ledgers, question), start).map(([atMs, of]) => {
    // Where nothing tells how long the model took, nothing is known of the rest either.
    const told = of.filter((turn) => shareOf(turn, 'model_wait') !== null)
    const untold = of.filter((turn) => shareOf(turn, 'model_wait') === null)
    const total = (turns: readonly TurnLedger[], kind: string): number => sum(turns, (turn) => shareOf(turn, kind) ?? 0)
    return {
      ...Object.fromEntries(Object.entries(known).map(([column, kind]) => [column, total(of, kind)])),
      ...{ atMs: Number(atMs), unaccounted: total(told, 'unaccounted'), unknown: total(untold, 'unaccounted') },
    }
  })
}

export function lostMs(facts: Known, ledgers: Ledgers, question: Question): number {
  return sum(turnsIn(facts, ledgers, question), (turn) => shareOf(turn, 'retry') ?? 0)
}
