import { countUpTo } from '../sorted.ts'
import type { Stretch } from './share.ts'

/** The stretches as a set of moments: in order, none touching the next, none empty. */
export function union(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}

/** What is left of a stretch without the moments of `others`. */
export function without({ start, end }: Stretch, others: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = []
  let from = start
  for (const other of union(others)) {
    if (other.end <= from) continue
    if (other.start >= end) break
    if (other.start > from) left.push({ start: from, end: other.start })
    from = other.end
  }
  if (from < end) left.push({ start: from, end })
  return left
}

/** Cuts stretches, which are in order and disjoint, to windows: each cut costs what it finds. */
export function cutter<T extends Stretch>(ordered: readonly T[]): (window: Stretch) => T[] {
  const ends = ordered.map(({ end }) => end)
  return ({ start, end }) => {
    const cut: T[] = []
    for (let i = countUpTo(ends, start); i < ordered.length; i++) {
      const stretch = ordered[i] as T
      if (stretch.start >= end) break
      cut.push({ ...stretch, start: Math.max(start, stretch.start), end: Math.min(end, stretch.end) })
    }
    return cut
  }
}
