import type { Attributes } from '../attributes.ts'
import { amountOf, countOf, isStated } from '../counts.ts'
import { isInOtherCurrency } from './fields.ts'
import { namesOf } from './producers/index.ts'
import type { Told } from './told.ts'
import { isNameOfCount } from './usage.ts'

const amounts: ReadonlySet<string> = new Set([
  ...(['ttftSeconds', 'ttftMs', 'reportedCostUsd'] as const).flatMap(namesOf),
  ...['cost_usd', 'ttft_ms'],
])

const costs: ReadonlySet<string> = new Set(namesOf('reportedCostUsd'))

/** The attributes of a call's record that were meant to be numbers and are none: they add to nothing. */
export function misreadOfTold({ kind }: Told, attributes: Attributes): readonly string[] {
  if (kind !== 'call' && kind !== 'guess' && kind !== 'detail') return []
  return Object.keys(attributes).filter((key) => {
    const value = attributes[key]
    // A map is read by what it holds.
    if (!isStated(value) || (typeof value === 'object' && !Array.isArray(value))) return false
    return amounts.has(key)
      ? amountOf(attributes, key) === null || (costs.has(key) && isInOtherCurrency(attributes))
      : isNameOfCount(key) && countOf(attributes, key) === null
  })
}
