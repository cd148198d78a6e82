import { isSpan } from './entries.ts'
import type { Entry } from './entries.ts'
import { firstOver, rowOfSpan } from './session-data.ts'
import type { SessionData } from './session-data.ts'
import { lineOfSpan, runsOf, spanOnLine } from './span-folds.ts'
import type { SpanFold, SpanRuns } from './span-folds.ts'

/** What to leave out: rows and spans without a 1 here. */
export interface Filter {
  readonly rows: Uint8Array
  readonly spans: Uint8Array | null
}

export interface Choices {
  readonly isFolded: (row: number) => boolean
  /** Whether the row is unfolded to its raw spans. */
  readonly isRaw: (row: number) => boolean
  /** Raw spans that are folded, ascending. */
  readonly foldedSpans: () => Int32Array
  /** Folds do not hide what a filter keeps. */
  readonly filter: Filter | null
}

/**
 * Which entry stands on which line. Raw spans lie in their columns in the order in which they show, so a row that is unfolded
 * to a hundred thousand of them is one number more: where its next row begins. Only the rows that show are held, and unfolding
 * a million spans costs as much as folding a turn.
 */
export interface DisplayList {
  readonly lines: number
  readonly entryAt: (line: number) => Entry | null
  /** -1 where it does not show. */
  readonly lineOf: (entry: Entry) => number
  /** What a raw span that shows hides, null where it hides nothing. */
  readonly foldOf: (span: number) => SpanFold | null
}

export function displayList(data: SessionData, choices: Choices): DisplayList {
  const { outline, first, end } = data
  const shown = new Int32Array(outline.rows.length)
  /** Of each shown row the line that it stands on. */
  const lineOfSlot = new Uint32Array(outline.rows.length)
  const slotOfRow = new Int32Array(outline.rows.length).fill(-1)
  /** The spans that a filter has left of a row. */
  const kept = new Map<number, Int32Array>()
  /** The spans of a row of which some are folded. */
  const runs = new Map<number, SpanRuns>()
  const folds = new Map<number, SpanFold>()
  const foldedSpans = choices.filter === null ? choices.foldedSpans() : new Int32Array()
  let slots = 0
  let lines = 0
  for (let row = 0; row < outline.rows.length;) {
    const hidden = choices.filter !== null && choices.filter.rows[row] !== 1
    if (hidden) {
      row++
      continue
    }
    slotOfRow[row] = slots
    shown[slots] = row
    lineOfSlot[slots++] = lines++
    const folded = choices.filter === null && choices.isFolded(row)
    if (!folded && choices.isRaw(row)) lines += spansShown(row)
    row = folded ? (outline.end[row] ?? row + 1) : row + 1
  }
  const starts = lineOfSlot.subarray(0, slots)

  function spansShown(row: number): number {
    const mask = choices.filter?.spans
    if (!mask) {
      const own = foldedSpans.length === 0 ? null : runsOf(data, row, foldedSpans)
      if (own === null) return (end[row] ?? 0) - (first[row] ?? 0)
      runs.set(row, own)
      for (const fold of own.folds) folds.set(fold.span, fold)
      return own.count
    }
    const left: number[] = []
    for (let span = first[row] ?? 0; span < (end[row] ?? 0); span++) if (mask[span] === 1) left.push(span)
    kept.set(row, Int32Array.from(left))
    return left.length
  }

  function entryAt(line: number): Entry | null {
    if (line < 0 || line >= lines) return null
    const slot = firstOver(starts, line) - 1
    const row = shown[slot] ?? 0
    const below = line - (starts[slot] ?? 0) - 1
    if (below < 0) return row
    const own = runs.get(row)
    return ~(own ? spanOnLine(own, below) : (kept.get(row)?.[below] ?? (first[row] ?? 0) + below))
  }

  function lineOf(entry: Entry): number {
    const row = isSpan(entry) ? rowOfSpan(data, ~entry) : entry
    const slot = slotOfRow[row] ?? -1
    const line = starts[slot]
    if (line === undefined) return -1
    if (!isSpan(entry)) return line
    const left = kept.get(row)
    const own = runs.get(row)
    const below = own ? lineOfSpan(own, ~entry) : left ? left.indexOf(~entry) : ~entry - (first[row] ?? 0)
    const at = line + 1 + below
    return below >= 0 && at < (starts[slot + 1] ?? lines) ? at : -1
  }

  return { lines, entryAt, lineOf, foldOf: (span) => folds.get(span) ?? null }
}
