import { diskTrouble } from './disk-trouble.ts'

/** Whoever looks into the log of a disk that was full twice finds both times. */
const againAfterMs = 3_600_000
const mostKept = 100
const toldAt = new Map<string, number>()

/**
 * What could not be done, for the log. A disk that takes nothing fails whatever is tried, several times a second, and what is wrong with it
 * is one sentence: that is said once an hour, and where a program is at fault each time, with the place.
 */
export function logFailure(what: string, error: unknown, nowMs = performance.now()): void {
  const trouble = diskTrouble(error)
  if (trouble === null) {
    console.error(`colophon: ${what}:`, error)
    return
  }
  const line = `colophon: ${what}: ${trouble}`
  if (nowMs - (toldAt.get(line) ?? -Infinity) < againAfterMs) return
  if (toldAt.size >= mostKept) toldAt.clear()
  toldAt.set(line, nowMs)
  console.error(line)
}
