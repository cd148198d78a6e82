import { usd } from '../pricing/money.ts'
import type { Watched } from './rule.ts'

const perHour = { usd: 'an hour', tokens: 'a minute' } as const

export function amount(measure: 'usd' | 'tokens', value: number): string {
  if (measure === 'usd') return usd(value)
  const [scaled, suffix] = value >= 1e6 ? [value / 1e6, 'M'] : value >= 1e3 ? [value / 1e3, 'k'] : [value, '']
  return `${suffix === '' ? String(Math.round(scaled)) : scaled.toFixed(1)}${suffix} tokens`
}

export function minutes(value: number): string {
  if (value >= 120) return `${(value / 60).toFixed(1)} h`
  return `${value < 10 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value))} min`
}

/** What a rule watches, in a sentence for lists. */
export function sentence(watched: Watched): string {
  switch (watched.kind) {
    case 'budget':
      return `More than ${amount(watched.measure, watched.limit)} in a ${watched.per}`
    case 'burn-rate':
      return `More than ${amount(watched.measure, watched.limit)} ${perHour[watched.measure]}, over the last ${watched.overMinutes} minutes`
    case 'session-duration':
      return `A session that works for more than ${minutes(watched.minutes)}`
    case 'tool-success':
      return `Tool success under ${watched.underPercent} % in the last hour`
    case 'api-errors':
      return `API errors over ${watched.overPercent} % in the last hour`
    case 'digest':
      return 'A summary of the last week, every Monday'
    case 'approval-wait':
      return `A command that waits for you for more than ${minutes(watched.minutes)}`
  }
}
