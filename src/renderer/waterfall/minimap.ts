import type { TreeRow } from '../../model/tree/row.ts'
import { barStretches } from './bars.ts'
import type { Stretch } from './bars.ts'
import { clampTo, lengthOf } from './scale.ts'
import type { Scale, TimeRange } from './scale.ts'

export const minimapHeight = 46
const margin = 4
const tallest = 3

export interface TinyBar extends Stretch {
  readonly y: number
  readonly height: number
}

/** Every folded row as a line of its own; where they are more than pixels, they share them. */
export function tinyBars(rows: readonly TreeRow[], scale: Scale, edgeMs: number): readonly TinyBar[] {
  const each = (minimapHeight - 2 * margin) / Math.max(rows.length, 1)
  const height = Math.min(tallest, Math.max(1, each * 0.75))
  return rows.flatMap((row, index) => {
    const y = margin + index * Math.min(each, tallest + 1)
    return barStretches(row, scale, edgeMs).map((stretch) => ({ ...stretch, y, height }))
  })
}

/** What of the brush is held. */
export type BrushPart = 'start' | 'end' | 'middle'

/** The brush after its part was moved; an edge does not pass the other one. */
export function moveBrush(bounds: TimeRange, range: TimeRange, part: BrushPart, byMs: number): TimeRange {
  const least = lengthOf(bounds) / 1e6
  if (part === 'middle') return clampTo(bounds, { startMs: range.startMs + byMs, endMs: range.endMs + byMs })
  if (part === 'start') {
    const startMs = Math.max(bounds.startMs, Math.min(range.startMs + byMs, range.endMs - least))
    return { startMs, endMs: range.endMs }
  }
  return { startMs: range.startMs, endMs: Math.min(bounds.endMs, Math.max(range.endMs + byMs, range.startMs + least)) }
}
