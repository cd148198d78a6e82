import { lengthOf } from './scale.ts'
import type { Scale } from './scale.ts'

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

/** Ticks at round moments after the session's start, at least `gap` pixels apart; none inside a break. */
export function ticks(scale: Scale, originMs: number, gap = 64): readonly Tick[] {
  const straight = scale.segments.filter(({ isBreak }) => !isBreak)
  const [longest] = [...straight].sort((a, b) => b.endX - b.startX - (a.endX - a.startX))
  if (!longest || longest.endX <= longest.startX) return []
  const step = roundStep((lengthOf(longest) / (longest.endX - longest.startX)) * gap)
  const found: Tick[] = []
  for (const { startMs, endMs } of straight) {
    const first = Math.ceil((startMs - originMs) / step - 1e-6)
    const last = Math.floor((endMs - originMs) / step + 1e-6)
    for (let n = first; n <= last; n += 1) {
      const x = scale.toX(originMs + n * step)
      if (x - (found.at(-1)?.x ?? -Infinity) > gap * 0.999) found.push({ x, label: tickLabel(n * step, step) })
    }
  }
  return found
}

/** As precise as the step needs, and no more: `250 ms`, `2.25 s`, `3 m`, `1 m 15 s`, `1 h 30 m`. */
export function tickLabel(offsetMs: number, stepMs: number): string {
  if (offsetMs === 0) return '0'
  // In the units of the durations that stand beside it.
  if (Math.abs(offsetMs) < 0.9995) return `${rounded(offsetMs * 1000, stepMs * 1000)} µs`
  if (Math.abs(offsetMs) < second) return `${rounded(offsetMs, stepMs)} ms`
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

/** Without the digits that only the binary fraction of a step brought. */
function rounded(value: number, step: number): number {
  return Number(value.toFixed(Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)))))
}
