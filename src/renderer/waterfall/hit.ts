import type { RowPart, TreeRow } from '../../model/tree/row.ts'
import type { WidthLimits } from '../parts/use-kept-width.ts'

export const rowHeight = 24

/** Widths of the column of names beside the bars, which keep room for their own. */
export function namesLimits(width: number): WidthLimits {
  return { usual: Math.min(400, Math.max(240, width * 0.38)), least: 160, most: width - 200 }
}

export interface RowWindow {
  readonly first: number
  /** One past the last. */
  readonly end: number
}

/** The rows of a fixed height that a viewport touches, with some more on both sides against flicker. */
export function rowsInView(scrollTop: number, height: number, count: number, spare = 4, each = rowHeight): RowWindow {
  const first = Math.max(0, Math.floor(scrollTop / each) - spare)
  return { first: Math.min(first, count), end: Math.min(count, Math.ceil((scrollTop + height) / each) + spare) }
}

/** Where a bar ends on the page: an open one reaches to the end of time. */
export function endOf(row: TreeRow, edgeMs: number): number {
  return row.durationMs === null ? Math.max(edgeMs, row.startMs) : row.startMs + row.durationMs
}

/** The part of a bar at a moment; where parts overlap, the one drawn last, which is on top. */
export function partAt(row: TreeRow, timeMs: number): RowPart | null {
  return row.parts.findLast((part) => timeMs >= part.startMs && timeMs <= part.startMs + part.durationMs) ?? null
}

/** Scrolls as little as is needed to have the whole row in view. */
export function scrollToShow(index: number, scrollTop: number, height: number, each = rowHeight): number {
  if (index * each < scrollTop) return index * each
  return Math.max(scrollTop, (index + 1) * each - height)
}
