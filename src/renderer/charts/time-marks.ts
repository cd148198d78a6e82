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

/** What a sign of a label takes, and the room between two labels, in pixels. */
const signPx = 5.6
const gapPx = 8

/** Beside the ends of the axis a label in the middle of its line would be cut. */
function alignOf(share: number): 'left' | 'center' | 'right' {
  return share > 0.92 ? 'right' : share < 0.08 ? 'left' : 'center'
}

/** From where to where a label reaches, in pixels of the axis. */
function reachOf({ atMs, label }: TimeMark, { fromMs, toMs }: Bounds, widthPx: number): readonly [number, number] {
  const share = (atMs - fromMs) / (toMs - fromMs)
  const before = { left: 0, center: 0.5, right: 1 }[alignOf(share)] * label.length * signPx
  const from = share * widthPx - before
  return [from, from + label.length * signPx]
}

/** The marks whose labels have room: of two that would overlap, the later one is written. */
function labelled(marks: readonly TimeMark[], bounds: Bounds, widthPx: number): ReadonlySet<TimeMark> {
  const written = new Set<TimeMark>()
  if (!isLabelled(marks)) return written
  let nextPx = Infinity
  for (const mark of marks.toSorted((a, b) => b.atMs - a.atMs)) {
    const [from, to] = reachOf(mark, bounds, widthPx)
    if (to + gapPx > nextPx) continue
    written.add(mark)
    nextPx = from
  }
  return written
}

/** Whether the marks have labels, which stand above the plot. */
export function isLabelled(marks: readonly TimeMark[]): boolean {
  return marks.length > 0 && marks.length <= mostLabels
}

/** The marks as data of a series' `markLine`. */
export function markData(marks: readonly TimeMark[], bounds: Bounds, colours: Colours, widthPx: number) {
  const { fromMs, toMs } = bounds
  const written = labelled(marks, bounds, widthPx)
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
      distance: 6,
      align: alignOf((mark.atMs - fromMs) / (toMs - fromMs)),
      color: colours.faint,
      fontFamily,
      fontSize: 10,
    },
  }))
}
