/** What a cumulative series had reached since its start. */
export interface Level {
  readonly startNs: bigint
  readonly count: number
  readonly sum: number
  readonly buckets: readonly number[] | null
}

export interface Growth {
  readonly count: number
  readonly sum: number
  readonly buckets: readonly number[] | null
}

/**
 * By how much levels grew, those of one start in the order of their times. `previous`: the level of each start before the first of
 * them. A new start begins at 0, and so does a series that fell without saying so: it never grows by less than nothing.
 */
export function growths(levels: readonly Level[], previous: ReadonlyMap<bigint, Level>): Growth {
  const reached = new Map(previous)
  let count = 0
  let sum = 0
  let buckets: number[] | null = null
  for (const level of levels) {
    const known = reached.get(level.startNs)
    const before = known === undefined || hasFallen(known, level) ? null : known
    count += level.count - (before?.count ?? 0)
    sum += level.sum - (before?.sum ?? 0)
    if (level.buckets !== null) {
      buckets ??= level.buckets.map(() => 0)
      for (const [i, value] of level.buckets.entries())
        buckets[i] = (buckets[i] ?? 0) + value - (before?.buckets?.[i] ?? 0)
    }
    reached.set(level.startNs, level)
  }
  return { count, sum, buckets }
}

function hasFallen(known: Level, level: Level): boolean {
  return level.count < known.count || level.sum < known.sum
}
