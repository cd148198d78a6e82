import type { RowKind, TreeRow } from '../../model/tree/row.ts'
import { endOf } from './hit.ts'
import type { TimeRange } from './scale.ts'

const work: ReadonlySet<RowKind> = new Set(['api_call', 'tool_call', 'compaction', 'hook'])

/** Rows that are work themselves: turns and sessions only hold some. */
export function isWork({ kind }: TreeRow): boolean {
  return work.has(kind)
}

/** The stretches within the bounds in which no work is under way, in order. */
export function idleGaps(rows: readonly TreeRow[], bounds: TimeRange): readonly TimeRange[] {
  const busy = rows.filter(isWork).sort((a, b) => a.startMs - b.startMs)
  const gaps: TimeRange[] = []
  let at = bounds.startMs
  for (const row of busy) {
    if (row.startMs > at) gaps.push({ startMs: at, endMs: Math.min(row.startMs, bounds.endMs) })
    at = Math.max(at, endOf(row, bounds.endMs))
  }
  if (at < bounds.endMs) gaps.push({ startMs: at, endMs: bounds.endMs })
  return gaps.filter(({ startMs, endMs }) => endMs > startMs)
}

/** What is left free behind the work, as a share of it. */
const behindWork = 0.02

/**
 * The stretch in which a session worked: its outermost row may go on long after its rows and records, until its idle thread is unloaded.
 * `wall` reaches from the first record to the last.
 */
export function workOf(rows: readonly TreeRow[], bounds: TimeRange, wall: TimeRange | null): TimeRange {
  if (wall === null) return bounds
  const last = rows
    .filter(({ kind }) => kind !== 'session_loop')
    .reduce((latest, row) => Math.max(latest, endOf(row, bounds.endMs)), wall.endMs)
  const endMs = last + Math.max(0, last - bounds.startMs) * behindWork
  return endMs > bounds.startMs && endMs < bounds.endMs ? { startMs: bounds.startMs, endMs } : bounds
}
