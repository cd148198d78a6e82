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

/** Whether the marks have labels, which stand above the plot. */
export function isLabelled(marks: readonly TimeMark[]): boolean {
  return marks.length > 0 && marks.length <= mostLabels
}

/** The marks as data of a series' `markLine`. */
export function markData(marks: readonly TimeMark[], { fromMs, toMs }: Bounds, colours: Colours) {
  /** Beside the ends of the axis a label in the middle of its line would be cut. */
  const alignOf = (atMs: number): 'left' | 'center' | 'right' => {
    const share = (atMs - fromMs) / (toMs - fromMs)
    return share > 0.92 ? 'right' : share < 0.08 ? 'left' : 'center'
  }
  return marks.map(({ atMs, label, isDashed = false }) => ({
    xAxis: atMs,
    lineStyle: {
      color: isDashed ? colours.text : colours.faint,
      type: isDashed ? [3, 3] : ('solid' as const),
      width: 1,
    },
    label: {
      show: isLabelled(marks),
      formatter: () => label,
      position: 'end' as const,
      distance: 3,
      align: alignOf(atMs),
      color: colours.faint,
      fontFamily,
      fontSize: 10,
    },
  }))
}
