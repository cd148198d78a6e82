import type { Budget, CommandResults } from '../contract/commands.ts'
import { shortCount, usd } from '../contract/short-words.ts'
import { budgetRules, standingOf } from '../engine/reading/budgets.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import { NotKnown } from './not-known.ts'
import type { BudgetOptions } from './options/costs.ts'
import { answer } from './print.ts'
import { styled, type Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'
import { tableLines } from './text/table.ts'
import { UsageError } from './usage-error.ts'

type Budgets = CommandResults['budget']
type Standing = Budgets['budgets'][number]

/** The worse ones come last. */
const states = ['within', 'will_pass', 'passed'] as const
const codes = { within: 0, will_pass: 3, passed: 1 } as const

/** Says how budgets stand; with --check by the exit code as well. */
export function budget({ check, day, month, json, dataDir }: BudgetOptions): void {
  const nowMs = Date.now()
  const given: readonly Budget[] = [
    ...(day === null ? [] : [{ measure: 'usd', per: 'day', limit: day } as const]),
    ...(month === null ? [] : [{ measure: 'usd', per: 'month', limit: month } as const]),
  ]
  const budgets = standings(dataDir, given, { nowMs, check })
  if (budgets.length === 0)
    throw new UsageError('there is no budget: give one with --day or --month, or add a budget alert in the app')
  const state = states.findLast((each) => budgets.some((standing) => standing.state === each)) ?? 'within'
  answer('budget', { state, budgets }, json, budgetLines)
  if (check) process.exitCode = codes[state]
}

/** Without a database it is not known, which for a script is not the same as passed. */
function standings(
  dataDir: string,
  given: readonly Budget[],
  { nowMs, check }: { readonly nowMs: number; readonly check: boolean },
): Standing[] {
  try {
    return withFolder(dataDir, (db) =>
      (given.length > 0 ? given : budgetRules(db)).map((each) => standingOf(db, each, nowMs)),
    )
  } catch (error) {
    throw check && error instanceof Error ? new NotKnown(error.message, { cause: error }) : error
  }
}

export function budgetLines({ budgets }: Budgets, screen: Screen): Line[] {
  const amount = (of: 'limit' | 'spent' | 'projected') => (standing: Standing) =>
    standing.measure === 'usd' ? usd(standing[of]) : shortCount(standing[of])
  return tableLines(
    budgets,
    [
      { head: 'budget', cell: ({ per, measure }) => `${measure === 'usd' ? 'US dollars' : 'tokens'} a ${per}` },
      { head: 'limit', cell: amount('limit'), right: true },
      { head: 'spent', cell: amount('spent'), right: true },
      { head: "at today's pace", cell: amount('projected'), right: true },
      { head: '', cell: ({ state }) => looks[state] },
    ],
    screen,
  )
}

const looks = {
  within: styled('green', 'within'),
  will_pass: styled('yellow', 'will be passed'),
  passed: styled('red', 'passed'),
} as const
