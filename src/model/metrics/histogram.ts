/** An OTLP explicit-bucket histogram: `buckets[i]` counts values in (bounds[i - 1], bounds[i]]; the last one has no upper bound. */
export interface Histogram {
  readonly bounds: readonly number[]
  readonly buckets: readonly number[]
  readonly min: number | null
  readonly max: number | null
}

/** The value at a rank between 0 and 1, on a straight line inside its bucket; null without buckets. An estimate. */
export function atRank({ bounds, buckets, min, max }: Histogram, rank: number): number | null {
  const total = buckets.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let below = 0
  for (const [i, count] of buckets.entries()) {
    if (count === 0 || below + count < rank * total) {
      below += count
      continue
    }
    const low = Math.max(i === 0 ? (min ?? 0) : (bounds[i - 1] ?? 0), min ?? -Infinity)
    const high = Math.min(bounds[i] ?? max ?? low, max ?? Infinity)
    return low + (high - low) * ((rank * total - below) / count)
  }
  return max
}
