import { isWork } from './gaps.ts'
import { endOf } from './hit.ts'
import { addParts, longestFirst } from './path-sums.ts'
import type { KindSum, SumKind } from './path-sums.ts'
import { lengthOf } from './scale.ts'
import type { TimeRange } from './scale.ts'
import type { SessionData } from './session-data.ts'

export interface RangeSums {
  readonly wallMs: number
  /** Time of work by kind; what runs at the same time counts each. */
  readonly kinds: readonly KindSum[]
  /** Rows, failed rows and raw spans under way in the range; spans are null while they are not known. */
  readonly rows: number
  readonly errors: number
  readonly spans: number | null
}

export function rangeSums({ outline, raw }: SessionData, range: TimeRange, edgeMs: number): RangeSums {
  const sums = new Map<SumKind, number>()
  let rows = 0
  let errors = 0
  for (const row of outline.rows) {
    const endMs = endOf(row, edgeMs)
    if (endMs < range.startMs || row.startMs > range.endMs) continue
    rows++
    if (row.status === 'error') errors++
    if (isWork(row)) addParts(sums, row, Math.max(row.startMs, range.startMs), Math.min(endMs, range.endMs))
  }
  return { wallMs: lengthOf(range), kinds: longestFirst(sums), rows, errors, spans: raw && spansIn() }

  function spansIn(): number {
    const { start, duration } = raw?.spans ?? { start: [], duration: [] }
    const [from, to] = [range.startMs - (raw?.baseMs ?? 0), range.endMs - (raw?.baseMs ?? 0)]
    let found = 0
    for (let span = 0; span < start.length; span++) {
      const at = start[span] ?? 0
      if (at <= to && at + (duration[span] ?? 0) >= from) found++
    }
    return found
  }
}
