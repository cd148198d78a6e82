import type { Colours } from './colours.ts'
import type { Bounds } from '../range/range.ts'
import { fontFamily } from './font.ts'

/** A moment that a chart over time marks by a line from top to bottom. */
export interface TimeMark {
  readonly atMs: number
  readonly label: string
  readonly isDashed?: boolean
}

/** So many labels have room beside each other; of more, only the lines are drawn. */
const mostLabels = 8

/** Of the width, what a label takes: of two that are nearer, the later one is written. */
const labelShare = 0.2

/** The marks whose labels have room. */
function labelled(marks: readonly TimeMark[], { fromMs, toMs }: Bounds): ReadonlySet<TimeMark> {
  const written = new Set<TimeMark>()
  if (!isLabelled(marks)) return written
  let nextMs = Infinity
  for (const mark of marks.toSorted((a, b) => b.atMs - a.atMs)) {
    if (nextMs - mark.atMs < labelShare * (toMs - fromMs)) continue
    written.add(mark)
    nextMs = mark.atMs
  }
  return written
}

/** Whether the marks have labels, which stand above the plot. */
export function isLabelled(marks: readonly TimeMark[]): boolean {
  return marks.length > 0 && marks.length <= mostLabels
}

/** The marks as data of a series' `markLine`. */
export function markData(marks: readonly TimeMark[], bounds: Bounds, colours: Colours) {
  const { fromMs, toMs } = bounds
  const written = labelled(marks, bounds)
  /** Beside the ends of the axis a label in the middle of its line would be cut. */
  const alignOf = (atMs: number): 'left' | 'center' | 'right' => {
    const share = (atMs - fromMs) / (toMs - fromMs)
    return share > 0.92 ? 'right' : share < 0.08 ? 'left' : 'center'
  }
  return marks.map((mark) => ({
    xAxis: mark.atMs,
    lineStyle: {
      color: mark.isDashed ? colours.text : colours.faint,
      type: mark.isDashed ? [3, 3] : ('solid' as const),
      width: 1,
    },
    label: {
      show: written.has(mark),
      formatter: () => mark.label,
      position: 'end' as const,
      distance: 3,
      align: alignOf(mark.atMs),
      color: colours.faint,
      fontFamily,
      fontSize: 10,
    },
  }))
}
