import { duration, exactDuration } from '../format/duration.ts'
import { exactUsd, usd } from '../../model/pricing/money.ts'
import { compact, exact } from '../format/number.ts'
import { day, dayAndMonth, exactTime, isMidnight } from '../format/time.ts'
import type { Bounds } from '../range/range.ts'
import type { Unit } from '../../model/panels/panel.ts'

/** What stands where there is nothing to divide by, or nothing known. */
export const unknown = '–'

const digits = new Intl.NumberFormat('en', { maximumFractionDigits: 6 })

/** A figure, and its unit where that stands small beside it. */
export interface Figure {
  readonly value: string
  readonly unit: string
}

/** A share as a reader takes it in: `92 %`, `96.4 %`, `<0.1 %`; never 100 or 0 where it is not quite that. */
function share(value: number): string {
  const percent = value * 100
  if (percent > 0 && percent < 0.05) return '<0.1 %'
  if (percent < 100 && percent >= 99.95) return '>99.9 %'
  return `${percent.toFixed(1).replace(/\.0$/, '')} %`
}

export function figureOf(value: number | null, unit: string): Figure {
  if (value === null) return { value: unknown, unit: '' }
  switch (unit as Unit) {
    case 'usd':
      return { value: usd(value), unit: '' }
    case 'usd/h':
      return { value: usd(value), unit: '/ h' }
    case 'share':
      return { value: share(value), unit: '' }
    case 'ms':
      return { value: duration(value), unit: '' }
    case 'tokens/min':
      return { value: compact(value), unit: 'tokens/min' }
    case 'count':
      return { value: value < 100_000 ? digits.format(Math.round(value * 10) / 10) : compact(value), unit: '' }
    case 'tokens':
      return { value: compact(value), unit: '' }
    default:
      return { value: digits.format(value), unit: '' }
  }
}

/** `18.4M`, `340 ms`, `92 %`, `$1.84 / h`. */
export function inUnit(value: number | null, unit: string): string {
  const figure = figureOf(value, unit)
  return figure.unit === '' ? figure.value : `${figure.value} ${figure.unit}`
}

/** Every digit, for a tooltip and for tables. */
export function exactInUnit(value: number | null, unit: string): string {
  if (value === null) return unknown
  switch (unit as Unit) {
    case 'usd':
      return exactUsd(value)
    case 'usd/h':
      return `${exactUsd(value)} / h`
    case 'share':
      return `${digits.format(Math.round(value * 1e6) / 1e4)} %`
    case 'ms':
      return value < 1000 ? duration(value) : exactDuration(value)
    case 'tokens/min':
      return `${digits.format(value)} tokens/min`
    case 'tokens':
      return `${exact(value)} ${value === 1 ? 'token' : 'tokens'}`
    default:
      return digits.format(Math.abs(value) < 1000 ? value : Math.round(value * 100) / 100)
  }
}

/** Shorter, on an axis, whose figures are round: `20 s`, `2M`, `$5`. */
export function onAxis(value: number, unit: string): string {
  if (unit === 'tokens/min') return compact(value).replace('.0', '')
  if (unit === 'ms' && value >= 60_000) return duration(value).replace(/ 00 [smh]$/, '')
  return figureOf(value, unit)
    .value.replace(/\.0+(?=\D|$)/, '')
    .replace(/^0 ms$/, '0')
}

/** A moment on an axis: the day where one begins, else the clock. */
export function momentOnAxis(ms: number): string {
  if (isMidnight(ms)) return dayAndMonth(ms)
  const at = new Date(ms)
  const pad = (part: number): string => String(part).padStart(2, '0')
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}`
  return at.getSeconds() > 0 ? `${clock}:${pad(at.getSeconds())}` : clock
}

const widths = [
  { ms: 604_800_000, name: 'weeks', one: 'week' },
  { ms: 86_400_000, name: 'days', one: 'day' },
  { ms: 3_600_000, name: 'h', one: 'hour' },
  { ms: 60_000, name: 'min', one: 'minute' },
  { ms: 1000, name: 's', one: 'second' },
] as const

/** `per 2 h`, `per 30 s`, `per day`. */
export function perBucket(ms: number): string {
  const { ms: unit, name, one } = widths.find((width) => ms >= width.ms && ms % width.ms === 0) ?? widths[4]
  return ms === unit ? `per ${one}` : `per ${digits.format(ms / unit)} ${name}`
}

/** `Today 14:00 – 14:05`, a bucket; `1 Nov` where it is a day, `26 Oct – 1 Nov` where it is several. */
export function bucketSpan({ fromMs, toMs }: Bounds, nowMs: number): string {
  const [first, last] = [day(fromMs, nowMs), day(toMs - 1, nowMs)]
  if (isMidnight(fromMs) && isMidnight(toMs)) return first === last ? first : `${first} – ${last}`
  const [from, to] = [fromMs, toMs].map((ms) => exactTime(ms).slice(11, toMs - fromMs < 60_000 ? 19 : 16))
  return `${first} ${from ?? ''} – ${to ?? ''}`
}
