import { countUpTo } from '../sorted.ts'
import type { DraftRow } from '../tree/draft.ts'

/** A log's time and a span's end are two readings of the clock, a few microseconds apart. */
const slackNs = 2_000_000

/** Finds the `api_call` row that a moment belongs to: the last that began by then and has not ended before it. */
export function apiRowFinder(rows: readonly DraftRow[]): (at: number) => DraftRow | null {
  const sorted = rows.filter(({ kind }) => kind === 'api_call').sort((a, b) => a.start - b.start)
  const starts = sorted.map(({ start }) => start)
  const holds = (row: DraftRow | undefined, at: number): boolean =>
    row !== undefined && (row.end === null || at <= row.end + slackNs)
  return (at) => {
    let index = countUpTo(starts, at + slackNs) - 1
    // Where one ends as the next begins, what happened then belongs to the first.
    while (holds(sorted[index - 1], at)) index--
    const row = sorted[index]
    return row !== undefined && holds(row, at) ? row : null
  }
}
