import type { PathStretch } from '../../model/tree/critical-path.ts'
import type { PartKind, TreeRow } from '../../model/tree/row.ts'

/** A part's kind, or `other` for time that none of a row's parts explains. */
export type SumKind = PartKind | 'other'

export interface KindSum {
  readonly kind: SumKind
  readonly ms: number
}

/** Adds what a stretch of a row spends in each part; parts of one row do not overlap. */
export function addParts(sums: Map<SumKind, number>, row: TreeRow, startMs: number, endMs: number): void {
  let left = endMs - startMs
  for (const part of row.parts) {
    const ms = Math.min(endMs, part.startMs + part.durationMs) - Math.max(startMs, part.startMs)
    if (ms <= 0) continue
    sums.set(part.kind, (sums.get(part.kind) ?? 0) + ms)
    left -= ms
  }
  if (left > 1e-6) sums.set('other', (sums.get('other') ?? 0) + left)
}

export function longestFirst(sums: ReadonlyMap<SumKind, number>): readonly KindSum[] {
  return [...sums].map(([kind, ms]) => ({ kind, ms })).sort((a, b) => b.ms - a.ms)
}

/** What the critical path was spent with. */
export function pathSums(rows: readonly TreeRow[], path: readonly PathStretch[]): readonly KindSum[] {
  const sums = new Map<SumKind, number>()
  for (const { row, startMs, endMs } of path) {
    const at = rows[row]
    if (at) addParts(sums, at, startMs, endMs)
  }
  return longestFirst(sums)
}
