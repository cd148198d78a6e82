import { momentExamples, momentOf } from '../../contract/moment.ts'
import { valued, type Option } from '../option.ts'
import { UsageError } from '../usage-error.ts'

/** The moment since when, once the time is known. */
export function since<F>(about: string, fallback: F): Option<((nowMs: number) => number) | F> {
  return valued({ flag: 'since', takes: 'WHEN', about: `${about}: ${momentExamples}` }, fallback, (text) => {
    if (momentOf(text, 0) === null) throw new UsageError(`--since takes ${momentExamples}, not “${text}”`)
    return (nowMs: number) => momentOf(text, nowMs) ?? nowMs
  })
}
