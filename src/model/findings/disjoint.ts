import type { Interval, Stretch } from '../ledger/share.ts'
import { cutter, union } from '../ledger/stretches.ts'
import type { Candidate, Lost } from './candidate.ts'

/** The ledger's tiles inside turns, without those of an absent machine: the time that findings share out among them. */
export function busyTiles(intervals: readonly Interval[], turns: readonly Stretch[]): Interval[] {
  const within = cutter(intervals)
  return union(turns)
    .flatMap(within)
    .filter(({ kind }) => kind !== 'away' && kind !== 'between_turns')
}

export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { start, end }) => sum + end - start, 0)
}

/**
 * Gives every moment, and every sum of tokens, to the first candidate that claims it. One that claims something and gets nothing is
 * none: another says the same of it.
 */
export function shareOut<C extends Candidate>(
  tiles: readonly Interval[],
  candidates: readonly C[],
): { candidate: C; lost: Lost }[] {
  let free = tiles
  const paid = new Set<string>()
  return candidates.flatMap((candidate) => {
    const { got, left } = take(free, candidate)
    free = left
    const money = candidate.money.filter(({ of }) => !paid.has(of))
    for (const { of } of money) paid.add(of)
    const prices = money.map(({ usd }) => usd).filter((usd) => usd !== null)
    const usd = prices.length === 0 ? null : prices.reduce((sum, one) => sum + one, 0)
    const claims = candidate.time.length + candidate.money.length > 0
    if (claims && got === 0 && money.length === 0) return []
    return [{ candidate, lost: { ms: got / 1e6, usd } }]
  })
}

function take(free: readonly Interval[], { time, from }: Candidate): { got: number; left: readonly Interval[] } {
  const wanted = union(time)
  if (wanted.length === 0) return { got: 0, left: free }
  const kinds = new Set(from)
  const left: Interval[] = []
  let got = 0
  let next = 0
  for (const tile of free) {
    while (next < wanted.length && (wanted[next] as Stretch).end <= tile.start) next++
    if (!kinds.has(tile.kind)) {
      left.push(tile)
      continue
    }
    let { start } = tile
    for (let at = next; at < wanted.length; at++) {
      const stretch = wanted[at] as Stretch
      if (stretch.start >= tile.end) break
      if (stretch.start > start) left.push({ ...tile, start, end: stretch.start })
      const end = Math.min(tile.end, stretch.end)
      got += end - Math.max(start, stretch.start)
      start = end
    }
    if (start < tile.end) left.push({ ...tile, start })
  }
  return { got, left }
}
