import { asCount } from '../counts.ts'

interface Point {
  readonly count: number
  readonly sum: number
  readonly min: number | null
  readonly max: number | null
  readonly buckets: readonly number[]
  readonly bounds: readonly number[]
}

/** Sizes in bytes and sums that grow for months are larger than any count; beyond this a sum is no longer exact. */
const largest = Number.MAX_SAFE_INTEGER

/**
 * Whether a metric's point can be added to others: one that is infinite, no number, or larger than anything that can be counted would
 * spoil every sum that it is in. What Codex measures is never less than nothing.
 */
export function isBelievable({ name }: { readonly name: string }, point: Point): boolean {
  const least = name.startsWith('codex.') ? 0 : -largest
  const isWithin = (value: number | null): boolean => value === null || (value >= least && value <= largest)
  return (
    asCount(point.count) !== null &&
    [point.sum, point.min, point.max].every(isWithin) &&
    point.buckets.every((count) => asCount(count) !== null) &&
    point.bounds.every(Number.isFinite)
  )
}
