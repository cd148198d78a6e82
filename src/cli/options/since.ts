import { agoMs } from '../../contract/ago.ts'
import { valued, type Option } from '../option.ts'
import { UsageError } from '../usage-error.ts'

/** The moment since when: so long ago, or the beginning of a day by this machine's clock. */
export function since<F>(about: string, fallback: F): Option<((nowMs: number) => number) | F> {
  return valued(
    { flag: 'since', takes: 'WHEN', about: `${about}: 90m, 24h, 7d, 2w, or a day as 2026-11-01` },
    fallback,
    (text) => {
      const ms = agoMs(text)
      if (ms !== null) return (nowMs: number) => nowMs - ms
      const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
      const date = new Date(Number(year), Number(month) - 1, Number(day))
      // The calendar has no 30th of February, and JavaScript takes it for the 2nd of March.
      if (year === undefined || date.getMonth() !== Number(month) - 1 || date.getDate() !== Number(day))
        throw new UsageError(`--since takes 90m, 24h, 7d, 2w or a day as 2026-11-01, not “${text}”`)
      return () => date.getTime()
    },
  )
}
