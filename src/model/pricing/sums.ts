import type { Tokens } from '../session/summary.ts'
import type { Unpriced } from './cost.ts'

export interface CostedCall {
  readonly model: string | null
  readonly tier: string | null
  readonly tokens: Tokens
  readonly costUsd: number | null
  /** As the sender reckons; null where it says nothing. */
  readonly reportedCostUsd: number | null
  readonly unpriced: Unpriced | null
}

export interface CostSum {
  readonly calls: number
  readonly unpricedCalls: number
  /** Of these, calls of which nothing says what they used. */
  readonly unreportedCalls: number
  /** Of the calls that the sender reckons the cost of: what it says, and the estimate for the same calls where all have one. */
  readonly reported: { readonly calls: number; readonly usd: number; readonly estimatedUsd: number | null } | null
  readonly tokens: Tokens
  /** Of those that have a price; null where none has. */
  readonly costUsd: number | null
}

export function sumCosts(calls: readonly CostedCall[]): CostSum {
  const costs = calls.map(({ costUsd }) => costUsd).filter((usd) => usd !== null)
  const sum = (key: keyof Tokens): number => calls.reduce((total, { tokens }) => total + tokens[key], 0)
  return {
    calls: calls.length,
    unpricedCalls: calls.length - costs.length,
    unreportedCalls: calls.filter(({ unpriced }) => unpriced === 'not_reported').length,
    reported: reportedOf(calls),
    tokens: {
      input: sum('input'),
      cached: sum('cached'),
      cacheWrite: sum('cacheWrite'),
      output: sum('output'),
      reasoning: sum('reasoning'),
    },
    costUsd: costs.length === 0 ? null : costs.reduce((total, usd) => total + usd, 0),
  }
}

function reportedOf(calls: readonly CostedCall[]): CostSum['reported'] {
  const told = calls.filter(({ reportedCostUsd }) => reportedCostUsd !== null)
  if (told.length === 0) return null
  const estimates = told.map(({ costUsd }) => costUsd).filter((usd) => usd !== null)
  return {
    calls: told.length,
    usd: told.reduce((total, { reportedCostUsd }) => total + (reportedCostUsd ?? 0), 0),
    estimatedUsd: estimates.length < told.length ? null : estimates.reduce((total, usd) => total + usd, 0),
  }
}

export interface UnpricedGroup {
  readonly model: string | null
  readonly tier: string | null
  readonly reason: Unpriced
  readonly calls: number
}

/** Calls without a price by what there is none for, most calls first. */
export function unpricedGroups(calls: readonly CostedCall[]): UnpricedGroup[] {
  const groups = new Map<string, UnpricedGroup>()
  for (const { model, tier, unpriced } of calls) {
    if (unpriced === null) continue
    const key = JSON.stringify([model, tier, unpriced])
    groups.set(key, { model, tier, reason: unpriced, calls: (groups.get(key)?.calls ?? 0) + 1 })
  }
  return [...groups.values()].sort((a, b) => b.calls - a.calls)
}
