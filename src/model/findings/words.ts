import { usd } from '../pricing/money.ts'
import { shortDuration } from '../tree/words.ts'
import { visible } from '../visible.ts'
import type { Lost } from './candidate.ts'

/** `npm test` in signs that Markdown and people read as a name; on one line, and not longer than a title bears. */
export function named(text: string): string {
  const line = visible(text.replace(/\s+/g, ' ').replaceAll('`', "'").trim())
  return `\`${line.length > 60 ? `${line.slice(0, 59)}…` : line}\``
}

/** once, twice, 3 times */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}

export function many(count: number, one: string, several = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count} ${several}`
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** `6 m 20 s`, `$0.84`, both, or nothing. */
export function lostWords({ ms, usd: money }: Lost): string {
  const parts = [ms > 0 ? shortDuration(ms) : '', money === null || money === 0 ? '' : usd(money)]
  return parts.filter((part) => part !== '').join(' and ')
}

/** A sentence with what was lost behind a colon. */
export function withLost(sentence: string, lost: Lost, atMost: boolean, after = ''): string {
  const words = lostWords(lost)
  return words === '' ? sentence : `${sentence}: ${atMost ? 'at most ' : ''}${words}${after}`
}
