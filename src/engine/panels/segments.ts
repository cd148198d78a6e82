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

/** The moments at which a question cuts hours; `everywhere` where it looks at single facts. */
export type Cuts = readonly number[] | 'everywhere'

/**
 * Whole hours that are summed up are read from the sums, the rest from the facts: the edges of the range, hours that changed lately,
 * and hours within which a bucket begins, as days do in zones of half hours.
 */
export function segmentsOf(db: Db, fromMs: number, toMs: number, cuts: Cuts): Segments {
  const fromNs = BigInt(Math.ceil(fromMs)) * 1_000_000n
  const toNs = BigInt(Math.ceil(toMs)) * 1_000_000n
  if (cuts === 'everywhere') return { rolled: '[]', raw: pairs([[fromNs, toNs]]) }
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
    const cut = cuts.filter((ms) => ms % hourMs !== 0).map((ms) => Math.floor(ms / hourMs))
    const single = [...open, ...cut].filter((hour) => hour >= first && hour < end).sort((a, b) => a - b)
    for (const hour of [...single, end]) {
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
