/** The stretch of time in view, in Unix milliseconds. */
export interface TimeRange {
  readonly startMs: number
  readonly endMs: number
}

/** Today's Unix milliseconds have steps of 0.0002 ms as doubles: much closer than this, bars would jump. */
const smallestMs = 0.01

export const lengthOf = (range: TimeRange): number => range.endMs - range.startMs

export function timeToX(timeMs: number, range: TimeRange, width: number): number {
  return ((timeMs - range.startMs) / lengthOf(range)) * width
}

export function xToTime(x: number, range: TimeRange, width: number): number {
  return range.startMs + (x / width) * lengthOf(range)
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

/** Zooms so that the moment under the cursor stays where it is. A factor below 1 comes closer. */
export function zoomAt(bounds: TimeRange, range: TimeRange, centreMs: number, factor: number): TimeRange {
  const length = Math.min(Math.max(lengthOf(range) * factor, smallestMs), lengthOf(bounds))
  const share = (centreMs - range.startMs) / lengthOf(range)
  const startMs = centreMs - share * length
  return clampTo(bounds, { startMs, endMs: startMs + length })
}

export function panBy(bounds: TimeRange, range: TimeRange, deltaMs: number): TimeRange {
  return clampTo(bounds, { startMs: range.startMs + deltaMs, endMs: range.endMs + deltaMs })
}

/** Follows a growing session only when the range was at its end (experience.md, Waterfall, Live). */
export function followEnd(range: TimeRange, before: TimeRange, after: TimeRange): TimeRange {
  const wasAtEnd = range.endMs >= before.endMs
  return wasAtEnd ? panBy(after, range, after.endMs - range.endMs) : clampTo(after, range)
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const longSteps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 5, 10, 20, 50, 100].map((n) => n * day),
]

/** The smallest round step of at least this length: 1, 2, 5 times a power of ten below a second, clock steps above. */
export function roundStep(atLeastMs: number): number {
  if (atLeastMs > second / 2) return longSteps.find((step) => step >= atLeastMs) ?? 365 * day
  const power = 10 ** Math.floor(Math.log10(atLeastMs))
  const factor = [1, 2, 5, 10].find((n) => n * power >= atLeastMs * (1 - 1e-9)) ?? 10
  return factor * power
}

export interface Tick {
  readonly x: number
  readonly label: string
}

/** Ticks at round moments after the session's start, at least `gap` pixels apart. */
export function ticks(range: TimeRange, originMs: number, width: number, gap = 64): readonly Tick[] {
  if (width <= 0) return []
  const step = roundStep((lengthOf(range) / width) * gap)
  const first = Math.ceil((range.startMs - originMs) / step - 1e-6)
  const last = Math.floor((range.endMs - originMs) / step + 1e-6)
  const found: Tick[] = []
  for (let n = first; n <= last; n += 1)
    found.push({ x: timeToX(originMs + n * step, range, width), label: tickLabel(n * step, step) })
  return found
}

/** As precise as the step needs, and no more: `3 m`, `1 m 15 s`, `2.25 s`, `1 h 30 m`. */
export function tickLabel(offsetMs: number, stepMs: number): string {
  if (offsetMs === 0) return '0'
  const decimals = stepMs >= second ? 0 : Math.min(6, Math.ceil(-Math.log10(stepMs / second) - 1e-9))
  const units = Math.round((offsetMs / second) * 10 ** decimals)
  const whole = Math.floor(units / 10 ** decimals)
  const fraction = decimals > 0 ? `.${String(units % 10 ** decimals).padStart(decimals, '0')}` : ''
  const days = Math.floor(whole / 86_400)
  const hours = Math.floor(whole / 3600) % 24
  const minutes = Math.floor(whole / 60) % 60
  const parts: string[] = []
  if (days > 0) parts.push(`${days} d`)
  if (hours > 0) parts.push(`${hours} h`)
  if (minutes > 0) parts.push(`${minutes} m`)
  if (whole % 60 > 0 || fraction.replace(/[.0]/g, '') !== '') parts.push(`${whole % 60}${fraction} s`)
  return parts.join(' ')
}
