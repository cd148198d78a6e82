import { shortCount, usd } from '../../contract/short-words.ts'
import { styled, type Piece } from './line.ts'

interface Priced {
  readonly costUsd: number | null
  readonly unpricedCalls: number
}

/** What is not priced is said, so that no figure looks like all of it. */
export function costWords({ costUsd, unpricedCalls }: Priced): string {
  if (costUsd === null) return unpricedCalls > 0 ? 'no price' : '–'
  return unpricedCalls > 0 ? `≥ ${usd(costUsd)}` : usd(costUsd)
}

export function cachedWords({ input, cached }: { readonly input: number; readonly cached: number }): string {
  return input === 0 ? '–' : percentWords((cached / input) * 100)
}

export function percentWords(percent: number): string {
  return `${String(Math.round(percent))} %`
}

export function tokenWords(tokens: {
  readonly input: number
  readonly cached: number
  readonly output: number
}): string {
  const { input, output } = tokens
  return `${shortCount(input)} in (${cachedWords(tokens)} cached) · ${shortCount(output)} out`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `14:05` today, `Nov 27 14:05` this year, else `2025-11-27`; by this machine's clock. */
export function momentWords(ms: number, nowMs: number): string {
  const [at, now] = [new Date(ms), new Date(nowMs)]
  const two = (value: number): string => String(value).padStart(2, '0')
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`
  if (at.toDateString() === now.toDateString()) return time
  if (at.getFullYear() === now.getFullYear()) return `${months[at.getMonth()] ?? ''} ${String(at.getDate())} ${time}`
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

const stateStyles = { live: 'green', failed: 'red', lost: 'yellow', interrupted: 'yellow' } as const

export function stateWords(state: string): Piece {
  const style = Object.entries(stateStyles).find(([name]) => name === state)?.[1]
  return style === undefined ? state : styled(style, state)
}

/** So much of an id tells any two sessions apart that did not begin in the same millisecond. */
export function shortId(id: string): string {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id) ? id.slice(0, 13) : id
}

/** `5 h`, `7 d`: how long a window of the usage limits is. */
export function windowWords(minutes: number): string {
  if (minutes % 1440 === 0) return `${String(minutes / 1440)} d`
  return minutes % 60 === 0 ? `${String(minutes / 60)} h` : `${String(minutes)} min`
}
