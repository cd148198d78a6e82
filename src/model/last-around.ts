import { countUpTo } from './sorted.ts'

/** Finds the last that has started by a moment and ends no earlier than another; `end` null: it has not ended. */
export type LastAround<T> = (startedBy: number, endsFrom?: number) => T | null

/**
 * Looks among items in the order of their starts, of which a long session has tens of thousands and asks as often. Each knows the last one
 * before it that outlasts it: what lies between ended with it or earlier, and need not be looked at.
 */
export function lastAround<T>(
  items: readonly T[],
  startOf: (item: T) => number,
  endOf: (item: T) => number | null,
): LastAround<T> {
  const starts = items.map(startOf)
  const ends = items.map((item) => endOf(item) ?? Infinity)
  const outlasting = new Int32Array(items.length)
  for (let i = 0; i < items.length; i++) {
    let before = i - 1
    while (before >= 0 && (ends[before] as number) <= (ends[i] as number)) before = outlasting[before] as number
    outlasting[i] = before
  }
  return (startedBy, endsFrom = startedBy) => {
    let i = countUpTo(starts, startedBy) - 1
    while (i >= 0 && (ends[i] as number) < endsFrom) i = outlasting[i] as number
    return items[i] ?? null
  }
}
