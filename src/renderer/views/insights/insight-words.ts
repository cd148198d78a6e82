import type { Insight } from '../../../contract/findings.ts'
import { usd } from '../../../model/pricing/money.ts'
import { duration } from '../../format/duration.ts'
import { counted } from '../../format/number.ts'
import { exactTime } from '../../format/time.ts'

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
      const from = new Date(edgesMs[i] ?? 0).toLocaleDateString('en', { day: 'numeric', month: 'short' })
      const lost = [lostMs > 0 ? duration(lostMs) : '', lostUsd === null ? '' : usd(lostUsd)].filter(Boolean).join(', ')
      return `from ${from}: ${counted(times, 'time')}${lost === '' ? '' : `, ${lost}`}`
    })
    .join('\n')
}

/** What a fix really saved, measured on the sessions since. */
export function fixedWords({ fixed }: Insight): { short: string; whole: string | undefined } {
  if (fixed === null) return { short: '', whole: undefined }
  const { before, after, savedMs, atMs } = fixed
  const rate = ({ times, lostMs, allSessions }: typeof before): string =>
    `${counted(times, 'time')} and ${duration(lostMs)} in ${counted(allSessions, 'session')}`
  const saved =
    savedMs === null || after.allSessions === 0
      ? 'too early to tell'
      : savedMs >= 0
        ? `${duration(savedMs)} saved`
        : `${duration(-savedMs)} more`
  return {
    short: saved,
    whole: `Fixed ${exactTime(atMs)}.\nIn the 30 days before: ${rate(before)}.\nSince: ${rate(after)}.`,
  }
}
