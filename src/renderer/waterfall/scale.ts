/** A stretch of time, in Unix milliseconds. */
export interface TimeRange {
  readonly startMs: number
  readonly endMs: number
}

/** Today's Unix milliseconds have steps of 0.0002 ms as doubles: much closer than this, bars would jump. */
const smallestMs = 0.01
/** A gap is squeezed where it takes more than this share of the view, and lasts longer than a second. */
const squeezedShare = 0.05
const squeezedMs = 1000
const breakWidth = 14

export const lengthOf = (range: TimeRange): number => range.endMs - range.startMs

/** A stretch that is drawn evenly. */
export interface Segment extends TimeRange {
  readonly startX: number
  readonly endX: number
  readonly isBreak: boolean
}

/** Time to pixels and back. Both ways are monotone and undo each other; outside the view they go on evenly. */
export interface Scale {
  readonly range: TimeRange
  readonly width: number
  /** They cover the view without a gap, in order. */
  readonly segments: readonly Segment[]
  readonly toX: (timeMs: number) => number
  readonly toTime: (x: number) => number
}

/** `gaps` are stretches to squeeze into narrow breaks where they are long in this view. They come in order, disjoint. */
export function scaleOf(range: TimeRange, width: number, gaps: readonly TimeRange[] = []): Scale {
  const least = Math.max(squeezedMs, lengthOf(range) * squeezedShare)
  const squeezed = gaps
    .map(({ startMs, endMs }) => ({ startMs: Math.max(startMs, range.startMs), endMs: Math.min(endMs, range.endMs) }))
    .filter((gap) => lengthOf(gap) > least)
  const squeezedLength = squeezed.reduce((sum, gap) => sum + lengthOf(gap), 0)
  const left = lengthOf(range) - squeezedLength
  const each = Math.min(breakWidth, width * squeezedShare)
  // Where the view holds nothing but gaps there is nothing to make room for.
  if (squeezed.length === 0 || left <= 0)
    return piecewise(range, width, [{ ...range, startX: 0, endX: width, isBreak: false }])
  const perMs = (width - each * squeezed.length) / left
  const segments: Segment[] = []
  let at = { ms: range.startMs, x: 0 }
  const add = (endMs: number, endX: number, isBreak: boolean): void => {
    if (endMs > at.ms) segments.push({ startMs: at.ms, endMs, startX: at.x, endX, isBreak })
    at = { ms: endMs, x: endX }
  }
  for (const gap of squeezed) {
    add(gap.startMs, at.x + (gap.startMs - at.ms) * perMs, false)
    add(gap.endMs, at.x + each, true)
  }
  add(range.endMs, width, false)
  return piecewise(range, width, segments)
}

function piecewise(range: TimeRange, width: number, segments: readonly Segment[]): Scale {
  const straight = segments.find(({ isBreak }) => !isBreak) ?? { ...range, startX: 0, endX: width }
  const perMs = (straight.endX - straight.startX) / lengthOf(straight)
  const last = segments.at(-1)
  return {
    range,
    width,
    segments,
    toX(timeMs) {
      if (timeMs < range.startMs) return (timeMs - range.startMs) * perMs
      for (const { startMs, endMs, startX, endX } of segments)
        if (timeMs <= endMs) return startX + ((timeMs - startMs) / (endMs - startMs)) * (endX - startX)
      return (last?.endX ?? 0) + (timeMs - range.endMs) * perMs
    },
    toTime(x) {
      if (x < 0) return range.startMs + x / perMs
      for (const { startMs, endMs, startX, endX } of segments)
        if (x <= endX) return startMs + ((x - startX) / (endX - startX)) * (endMs - startMs)
      return range.endMs + (x - (last?.endX ?? 0)) / perMs
    },
  }
}

/** The bounds of a session never have a length of 0, so that every scale can divide by it. */
export function boundsOf(startMs: number, endMs: number): TimeRange {
  return { startMs, endMs: Math.max(endMs, startMs + 1) }
}

/** Moves and shortens a range until it lies within the bounds. */
export function clampTo(bounds: TimeRange, range: TimeRange): TimeRange {
  const length = Math.min(Math.max(lengthOf(range), smallestMs), lengthOf(bounds))
  const startMs = Math.min(Math.max(range.startMs, bounds.startMs), bounds.endMs - length)
  return { startMs, endMs: startMs + length }
}

/** Zooms so that the moment at `x` stays there, but for what breaks take. A factor below 1 comes closer. */
export function zoomAt(bounds: TimeRange, { range, width, toTime }: Scale, x: number, factor: number): TimeRange {
  const by = Math.max(factor, smallestMs / lengthOf(range))
  return clampTo(bounds, { startMs: toTime(x - x * by), endMs: toTime(x + (width - x) * by) })
}

/** Moves by so many pixels, later where they are positive, never out of the bounds. */
export function panBy(bounds: TimeRange, { width, toX, toTime }: Scale, pixels: number): TimeRange {
  const by = Math.min(Math.max(pixels, toX(bounds.startMs)), toX(bounds.endMs) - width)
  return clampTo(bounds, { startMs: toTime(by), endMs: toTime(width + by) })
}

/** Follows a growing session only when the range was at its end (experience.md, Waterfall, Live). */
export function followEnd(range: TimeRange, before: TimeRange, after: TimeRange): TimeRange {
  const wasAtEnd = range.endMs >= before.endMs - smallestMs
  return wasAtEnd
    ? clampTo(after, { startMs: after.endMs - lengthOf(range), endMs: after.endMs })
    : clampTo(after, range)
}
