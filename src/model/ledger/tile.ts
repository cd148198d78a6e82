import { shareKinds, type Claim, type Interval, type Stretch } from './share.ts'

const ranks = new Map(shareKinds.map((kind, rank) => [kind, rank]))

/**
 * Gives every moment of the wall to one share: the first in the order of `shareKind` that claims it, `unaccounted` where none does.
 * The intervals tile the wall: in order, without gaps, no two of one kind side by side.
 */
export function tile(wall: Stretch, claims: readonly Claim[]): Interval[] {
  const edges: { at: number; rank: number; step: 1 | -1 }[] = []
  for (const { kind, start, end } of claims) {
    const from = Math.max(wall.start, start)
    const to = Math.min(wall.end, end)
    if (to <= from) continue
    const rank = ranks.get(kind) ?? 0
    edges.push({ at: from, rank, step: 1 }, { at: to, rank, step: -1 })
  }
  edges.sort((a, b) => a.at - b.at)

  const open = shareKinds.map(() => 0)
  const tiles: { kind: Interval['kind']; start: number; end: number }[] = []
  let from = wall.start
  const close = (at: number): void => {
    if (at <= from) return
    const kind = shareKinds[open.findIndex((count) => count > 0)] ?? 'unaccounted'
    const last = tiles.at(-1)
    if (last?.kind === kind) last.end = at
    else tiles.push({ kind, start: from, end: at })
    from = at
  }
  for (const { at, rank, step } of edges) {
    close(at)
    open[rank] = (open[rank] ?? 0) + step
  }
  close(wall.end)
  return tiles
}
