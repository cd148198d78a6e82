import type { RowKind, TreeRow } from '../../../model/tree/row.ts'
import type { TimeRange } from '../../waterfall/scale.ts'

/** What was under way in a session at a moment: the row that began last, for it lies deepest. null before the first. */
export function rowAtMoment(rows: readonly TreeRow[], sessionId: string, timeMs: number): TreeRow | null {
  let found: TreeRow | null = null
  for (const row of rows) {
    const isUnderWay =
      row.sessionId === sessionId &&
      row.startMs <= timeMs &&
      (row.durationMs === null || timeMs <= row.startMs + row.durationMs)
    if (isUnderWay && (found === null || row.startMs >= found.startMs)) found = row
  }
  return found
}

/** The row of a kind that is nearest to a moment: at a distance of none while it is under way, and of several the one that began last. */
export function rowNear(rows: readonly TreeRow[], sessionId: string, timeMs: number, kind: RowKind): TreeRow | null {
  let found: { readonly row: TreeRow; readonly awayMs: number } | null = null
  for (const row of rows) {
    if (row.sessionId !== sessionId || row.kind !== kind) continue
    const awayMs = Math.max(0, row.startMs - timeMs, timeMs - row.startMs - (row.durationMs ?? Infinity))
    if (found === null || awayMs < found.awayMs || (awayMs === found.awayMs && row.startMs >= found.row.startMs))
      found = { row, awayMs }
  }
  return found?.row ?? null
}

/** Some seconds around a moment, within the session. */
export function around(timeMs: number, whole: TimeRange): TimeRange {
  const reach = Math.min(Math.max((whole.endMs - whole.startMs) / 20, 2000), (whole.endMs - whole.startMs) / 2)
  const startMs = Math.max(whole.startMs, Math.min(timeMs - reach, whole.endMs - 2 * reach))
  return { startMs, endMs: startMs + 2 * reach }
}
