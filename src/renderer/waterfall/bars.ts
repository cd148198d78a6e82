import { awayMs, type TreeRow } from '../../model/tree/row.ts'
import { duration } from '../format/duration.ts'
import { endOf } from './hit.ts'
import { baseColour, partColour } from './palette.ts'
import type { ColourName, HueName } from './palette.ts'
import type { Scale } from './scale.ts'

export const barTop = 5
export const barHeight = 13
const narrowestBar = 3
/** Bars are cut this far outside the picture, so that no coordinate grows with the zoom. */
const outside = 8
const labelGap = 5

export interface Stretch {
  readonly x: number
  readonly width: number
  readonly colour: ColourName | HueName
}

/** Pixels of one bar, cut to the picture: its base and then its parts on top. Empty when it is out of view. */
export function barStretches(
  row: TreeRow,
  { toX, width }: Scale,
  edgeMs: number,
  colour: ColourName | HueName | null = null,
): readonly Stretch[] {
  const left = toX(row.startMs)
  const right = Math.max(toX(endOf(row, edgeMs)), left + narrowestBar)
  if (right < 0 || left > width) return []
  const cut = (from: number, to: number, of: Stretch['colour']): Stretch => {
    const x = Math.max(from, -outside)
    return { x, width: Math.max(0, Math.min(to, width + outside) - x), colour: of }
  }
  if (colour !== null) return [cut(left, right, colour)]
  const longest = row.parts.reduce<TreeRow['parts'][number] | null>(
    (best, part) => (best && best.durationMs >= part.durationMs ? best : part),
    null,
  )
  // A bar too narrow for its parts shows the one that took longest.
  if (longest && right - left <= narrowestBar) return [cut(left, right, partColour[longest.kind])]
  const parts = row.parts.map((part) =>
    cut(toX(part.startMs), toX(part.startMs + part.durationMs), partColour[part.kind]),
  )
  return [cut(left, right, baseColour(row)), ...parts.filter((part) => part.width > 0)]
}

/** The words beside a bar: how long it took, or takes, and its note. An end that never came has no length. */
export function barLabel(row: TreeRow, edgeMs: number, live: boolean): string {
  if (row.untimed) return row.note
  const took = duration(endOf(row, edgeMs) - row.startMs - awayMs(row.parts))
  const length = row.atMost
    ? `at most ${took}`
    : row.durationMs !== null
      ? took
      : live
        ? `${took} so far`
        : 'end not known'
  return [length, row.note].filter((words) => words !== '').join(', ')
}

/**
 * Right of the bar where there is room, else left of it, else inside: at its beginning, or at its end where it begins with parts, which
 * are short and say what it waited for. Returns the left edge and whether it is inside.
 */
export function labelPlace(
  bar: { readonly x: number; readonly width: number },
  labelWidth: number,
  width: number,
  hasParts: boolean,
): { readonly x: number; readonly inside: boolean } {
  const right = bar.x + bar.width + labelGap
  if (right >= 0 && right + labelWidth <= width - 4) return { x: Math.max(right, labelGap), inside: false }
  const left = bar.x - labelGap - labelWidth
  if (left >= 4) return { x: left, inside: false }
  const within = labelGap + 2
  const start = Math.max(bar.x, 0) + within
  const end = Math.min(bar.x + bar.width, width) - within - labelWidth
  return { x: hasParts ? Math.max(start, end) : start, inside: true }
}
