import type { Spending } from '../../contract/commands.ts'

/** What a range cost: without a call nothing, and null where there are calls and none has a price. */
export function knownUsd({ costUsd, unpricedCalls }: Pick<Spending, 'costUsd' | 'unpricedCalls'>): number | null {
  return costUsd ?? (unpricedCalls > 0 ? null : 0)
}
