import { groupBy } from '../../group-by.ts'
import { countBelow, countUpTo } from '../../sorted.ts'

/**
 * Pairs what two witnesses say of the same things: of those with the same key, the n-th of the one is the n-th of the other. Both are
 * taken in the order of time, so that neither the order of arrival nor which witness came first matters. What is left over on either
 * side is in no pair.
 */
export function pairInOrder<A extends Timed, B extends Timed>(
  ours: readonly A[],
  theirs: readonly B[],
  keyOfOurs: (item: A) => string | null,
  keyOfTheirs: (item: B) => string | null,
): Map<A, B> {
  const waiting = new Map([...groupBy(inOrder(theirs), keyOfTheirs)].map(([key, items]) => [key, items.values()]))
  const pairs = new Map<A, B>()
  for (const item of inOrder(ours)) {
    const key = keyOfOurs(item)
    const other = key === null ? undefined : waiting.get(key)?.next()
    if (other !== undefined && other.done !== true) pairs.set(item, other.value)
  }
  return pairs
}

/** The record and the token log of one answer are a few milliseconds apart, a prompt's line and its log as well. */
export const sameMomentNs = 5e9

export interface Timed {
  readonly at: number
}

/** The same among what no pair has, by nearness in time alone: those with the same key, at most `withinNs` apart. */
export function pairByTime<A extends Timed, B extends Timed>(
  ours: readonly A[],
  theirs: readonly B[],
  withinNs: number,
  keyOfOurs: (item: A) => string,
  keyOfTheirs: (item: B) => string,
): Map<A, B> {
  const nearest = new Map([...groupBy(inOrder(theirs), keyOfTheirs)].map(([key, items]) => [key, takeNearest(items)]))
  const pairs = new Map<A, B>()
  for (const item of inOrder(ours)) {
    const near = nearest.get(keyOfOurs(item))?.(item.at, withinNs)
    if (near !== undefined) pairs.set(item, near)
  }
  return pairs
}

/** Takes what is nearest to a moment, each once: the earlier of two that are as near. Whoever looks passes over what is taken in one step. */
function takeNearest<B extends Timed>(items: readonly B[]): (at: number, withinNs: number) => B | undefined {
  const ats = items.map(({ at }) => at)
  const [before, behind] = [freeFrom(items.length, -1), freeFrom(items.length, 1)]
  return (at, withinNs) => {
    const middle = countUpTo(ats, at)
    const earlier = before.find(middle - 1)
    const later = behind.find(middle)
    const isEarlier = earlier >= 0 && (later >= ats.length || at - (ats[earlier] ?? 0) <= (ats[later] ?? 0) - at)
    // Of several of one moment, the first.
    const found = isEarlier ? behind.find(countBelow(ats, ats[earlier] ?? 0)) : later
    const near = items[found]
    if (near === undefined || Math.abs(near.at - at) > withinNs) return undefined
    before.take(found)
    behind.take(found)
    return near
  }
}

/** The first place that is free from one on, in steps of `step`; each look shortens the way of the next. */
function freeFrom(count: number, step: 1 | -1): { find: (place: number) => number; take: (place: number) => void } {
  // With a place before the first and behind the last, which are always free.
  const next = Int32Array.from({ length: count + 2 }, (_, i) => i)
  return {
    find(place) {
      let i = place + 1
      while (next[i] !== i) {
        next[i] = next[next[i] as number] as number
        i = next[i] as number
      }
      return i - 1
    },
    take(place) {
      next[place + 1] = place + 1 + step
    },
  }
}

function inOrder<T extends Timed>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.at - b.at)
}
