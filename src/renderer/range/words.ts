import { clock, day } from '../format/time.ts'
import { pastRanges, presets } from './range.ts'
import type { Range } from './range.ts'

const pad = (value: number): string => String(value).padStart(2, '0')

/** Local time as `datetime-local` takes it: `2026-11-13T14:02:11`. */
export function toInput(ms: number): string {
  const at = new Date(ms)
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${clock(ms)}`
}

/** NaN for what is no moment. */
export function fromInput(text: string): number {
  return new Date(text).getTime()
}

/** `14:02` where that is the whole of it, else with its seconds. */
function shortClock(ms: number): string {
  return ms % 60_000 === 0 ? clock(ms).slice(0, 5) : clock(ms)
}

/** `Last 7 days`, `13 Nov 14:00 – 16:00`, `All time`. */
export function rangeName(range: Range | null, nowMs: number): string {
  if (range === null) return 'All time'
  if (range.kind !== 'custom') return [...presets, ...pastRanges].find(({ id }) => id === range.id)?.name ?? ''
  const [first, last] = [day(range.fromMs, nowMs), day(range.toMs, nowMs)]
  return `${first} ${shortClock(range.fromMs)} – ${first === last ? '' : `${last} `}${shortClock(range.toMs)}`
}
