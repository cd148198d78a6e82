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
  const waiting = new Map<string, B[]>()
  for (const item of inOrder(theirs)) {
    const key = keyOfTheirs(item)
    if (key !== null) waiting.set(key, [...(waiting.get(key) ?? []), item])
  }
  const pairs = new Map<A, B>()
  for (const item of inOrder(ours)) {
    const key = keyOfOurs(item)
    const other = key === null ? undefined : waiting.get(key)?.shift()
    if (other !== undefined) pairs.set(item, other)
  }
  return pairs
}

/** The record and the token log of one answer are a few milliseconds apart, a prompt's line and its log as well. */
export const sameMomentNs = 5e9

export interface Timed {
  readonly at: number
}

/** The same among what no pair has, by nearness in time alone: at most `withinNs` apart, and alike. */
export function pairByTime<A extends Timed, B extends Timed>(
  ours: readonly A[],
  theirs: readonly B[],
  withinNs: number,
  areAlike: (a: A, b: B) => boolean,
): Map<A, B> {
  const pairs = new Map<A, B>()
  const taken = new Set<B>()
  for (const item of inOrder(ours)) {
    const near = theirs
      .filter((other) => !taken.has(other) && Math.abs(other.at - item.at) <= withinNs && areAlike(item, other))
      .sort((a, b) => Math.abs(a.at - item.at) - Math.abs(b.at - item.at) || a.at - b.at)[0]
    if (near === undefined) continue
    taken.add(near)
    pairs.set(item, near)
  }
  return pairs
}

function inOrder<T extends Timed>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.at - b.at)
}
