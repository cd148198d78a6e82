import type { Insight } from '../../../contract/findings.ts'
import { usd } from '../../../model/pricing/money.ts'
import { duration } from '../../format/duration.ts'
import { counted } from '../../format/number.ts'
import { dayAndMonth, exactTime } from '../../format/time.ts'

export function keyOf({ kind, subject }: Insight): string {
  return `${kind} ${subject}`
}

export function perDayWords(perDay: number): string {
  return perDay >= 10 ? String(Math.round(perDay)) : perDay.toFixed(1)
}

/** Week by week, for those who want the figures behind the line. */
export function weekWords({ weeks }: Insight, edgesMs: readonly number[]): string {
  return weeks
    .map(({ lostMs, lostUsd, times }, i) => {
      const from = dayAndMonth(edgesMs[i] ?? 0)
      const lost = [lostMs > 0 ? duration(lostMs) : '', lostUsd === null ? '' : usd(lostUsd)].filter(Boolean).join(', ')
      return `from ${from}: ${counted(times, 'time')}${lost === '' ? '' : `, ${lost}`}`
    })
    .join('\n')
}

/** What a fix really saved, measured on the sessions since. */
export function fixedWords({ fixed }: Insight): { short: string; whole: string | undefined } {
  if (fixed === null) return { short: '', whole: undefined }
  const { before, after, savedMs, savedUsd, atMs } = fixed
  const lost = ({ lostMs, lostUsd }: Pick<typeof before, 'lostMs' | 'lostUsd'>): string =>
    [lostMs > 0 || !lostUsd ? duration(lostMs) : '', lostUsd ? usd(lostUsd) : ''].filter(Boolean).join(' and ')
  const rate = (of: typeof before): string =>
    `${counted(of.times, 'time')}, ${lost(of)} in ${counted(of.allSessions, 'session')}`
  // Some causes cost money alone: a cache that is lost, an output that is read.
  const isMoney = before.lostMs + after.lostMs === 0 && savedUsd !== null
  const gained = isMoney ? savedUsd : savedMs
  const said = isMoney ? usd(Math.abs(savedUsd)) : duration(Math.abs(savedMs ?? 0))
  const saved =
    gained === null || after.allSessions === 0 ? 'too early to tell' : `${said} ${gained >= 0 ? 'saved' : 'more'}`
  return {
    short: saved,
    whole: `Fixed ${exactTime(atMs)}.\nIn the 30 days before: ${rate(before)}.\nSince: ${rate(after)}.`,
  }
}
