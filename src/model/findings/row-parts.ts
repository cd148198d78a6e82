import type { Stretch } from '../ledger/share.ts'
import type { DraftPart, DraftRow } from '../tree/draft.ts'

export function partsOf(row: DraftRow, kind: DraftPart['kind']): Stretch[] {
  return row.parts.filter((part) => part.kind === kind)
}

export function rowsWithPart(rows: readonly DraftRow[], kind: DraftPart['kind']): DraftRow[] {
  return rows.filter(({ parts }) => parts.some((part) => part.kind === kind)).sort((a, b) => a.start - b.start)
}

/** How long a call itself ran, nanoseconds. */
export function ranFor(row: DraftRow): number {
  return partsOf(row, 'tool_run').reduce((sum, { start, end }) => sum + end - start, 0)
}

/** The last so many nanoseconds of stretches that are in order. */
export function lastOf(stretches: readonly Stretch[], ns: number): Stretch[] {
  const taken: Stretch[] = []
  let left = ns
  for (const { start, end } of stretches.toReversed()) {
    if (left <= 0) break
    const from = Math.max(start, end - left)
    left -= end - from
    taken.push({ start: from, end })
  }
  return taken
}
