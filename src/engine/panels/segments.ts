import type { Db } from '../store/database.ts'
import { hourNanoseconds } from './sources.ts'

const hourMs = 3_600_000

/** How a range is read: [from, to) pairs, as the sources' parameters want them. */
export interface Segments {
  /** In hours. */
  readonly rolled: string
  /** In nanoseconds; beyond what a double holds, hence text. */
  readonly raw: string
}

/**
 * Whole hours that are summed up are read from the sums, the rest from the facts: the edges of the range, and hours that changed
 * lately. Buckets that do not consist of whole hours need the facts throughout.
 */
export function segmentsOf(db: Db, fromMs: number, toMs: number, bucketMs: number | null): Segments {
  const fromNs = BigInt(Math.ceil(fromMs)) * 1_000_000n
  const toNs = BigInt(Math.ceil(toMs)) * 1_000_000n
  if (bucketMs !== null && bucketMs % hourMs !== 0) return { rolled: '[]', raw: pairs([[fromNs, toNs]]) }
  const first = Math.ceil(fromMs / hourMs)
  const end = Math.floor(toMs / hourMs)
  const rolled: [number, number][] = []
  if (first < end) {
    const open = db
      .prepare<[number, number], number>(
        'SELECT hour FROM fact_hour WHERE rolled = 0 AND hour >= ? AND hour < ? ORDER BY hour',
      )
      .pluck()
      .all(first, end)
    // An hour without facts belongs to either.
    let from = first
    for (const hour of [...open, end]) {
      if (from < hour) rolled.push([from, hour])
      from = hour + 1
    }
  }
  const raw: [bigint, bigint][] = []
  let at = fromNs
  for (const [from, to] of rolled) {
    const start = BigInt(from) * hourNanoseconds
    if (at < start) raw.push([at, start])
    at = BigInt(to) * hourNanoseconds
  }
  if (at < toNs) raw.push([at, toNs])
  return { rolled: JSON.stringify(rolled), raw: pairs(raw) }
}

function pairs(ranges: readonly (readonly [bigint, bigint])[]): string {
  return `[${ranges.map(([from, to]) => `[${from},${to}]`).join(',')}]`
}
