import { firstOver, rowOfSpan } from './session-data.ts'
import type { SessionData } from './session-data.ts'

/** What a folded raw span hides: everything below it, which stands right behind it in its row. */
export interface SpanFold {
  readonly span: number
  readonly hidden: number
  /** Something that it hides failed. */
  readonly hasError: boolean
}

/** One past the last span below this one, in the same row. */
export function endBelow(data: SessionData, span: number): number {
  const depth = data.raw?.spans.depth
  const rowEnd = data.end[rowOfSpan(data, span)] ?? 0
  const mine = depth?.[span] ?? 0
  let at = span + 1
  while (depth && at < rowEnd && (depth[at] ?? 0) > mine) at++
  return at
}

export function hasSpansBelow(data: SessionData, span: number): boolean {
  const depth = data.raw?.spans.depth
  return span + 1 < (data.end[rowOfSpan(data, span)] ?? 0) && (depth?.[span + 1] ?? 0) > (depth?.[span] ?? 0)
}

/**
 * The spans of one row that show while some of them are folded, as runs: where each begins among the spans, and on which line
 * below its row. A hundred thousand spans with one fold among them are two runs.
 */
export interface SpanRuns {
  readonly firsts: Uint32Array
  readonly lines: Uint32Array
  /** Lines of the row's spans altogether. */
  readonly count: number
  /** Those that hide something and are not hidden themselves. */
  readonly folds: readonly SpanFold[]
}

/** `folded` are spans in ascending order. null where none of them hides anything in this row. */
export function runsOf(data: SessionData, row: number, folded: Int32Array): SpanRuns | null {
  const [first, end] = [data.first[row] ?? 0, data.end[row] ?? 0]
  const flags = data.raw?.spans.flags
  const firsts: number[] = [first]
  const lines: number[] = [0]
  const folds: SpanFold[] = []
  let hidden = 0
  let from = first
  for (const span of folded.subarray(firstOver(folded, first - 1), firstOver(folded, end - 1))) {
    const below = endBelow(data, span)
    if (span < from || below === span + 1) continue
    folds.push({ span, hidden: below - span - 1, hasError: flags?.subarray(span + 1, below).some(isError) ?? false })
    hidden += below - span - 1
    from = below
    firsts.push(below)
    lines.push(below - first - hidden)
  }
  const count = end - first - hidden
  return folds.length === 0 ? null : { firsts: Uint32Array.from(firsts), lines: Uint32Array.from(lines), count, folds }
}

const isError = (flags: number): boolean => (flags & 1) === 1

export function spanOnLine({ firsts, lines }: SpanRuns, line: number): number {
  const run = firstOver(lines, line) - 1
  return (firsts[run] ?? 0) + line - (lines[run] ?? 0)
}

/** -1 where a fold hides it. */
export function lineOfSpan({ firsts, lines, count }: SpanRuns, span: number): number {
  const run = firstOver(firsts, span) - 1
  const line = (lines[run] ?? 0) + span - (firsts[run] ?? 0)
  return run >= 0 && line < (lines[run + 1] ?? count) ? line : -1
}
