import type { CommandResults, SpendingBy } from '../../contract/commands.ts'
import type { Db } from '../store/database.ts'
import { spendingBy, spendingIn, type Range } from './spending.ts'
import { titled } from './titled.ts'

export interface CostsAsked extends Range {
  readonly by: SpendingBy
  /** At most so many rows. */
  readonly limit: number
}

export type Costs = CommandResults['costs']

/** What a range cost, told apart; the total is of all. Of days the latest are looked for, of all else the dearest. */
export function costsOf(db: Db, { by, limit, fromMs, toMs }: CostsAsked): Costs {
  const range = { fromMs, toMs }
  return db.transaction(() => {
    const all = spendingBy(db, by, range)
    const listed = by === 'day' ? all.slice(-limit) : all.slice(0, limit)
    return {
      ...range,
      by,
      rows: [...(by === 'session' ? titled(db, listed) : listed)],
      moreRows: all.length - listed.length,
      total: spendingIn(db, range),
    }
  })()
}
