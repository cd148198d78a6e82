/**
 * Times that cannot be are those before OTLP was thought of, and those years ahead of their arrival: of a clock that counts from the
 * start of a machine, of milliseconds in the place of nanoseconds, of a field that was left empty.
 */
const earliestNs = 1_262_304_000n * 1_000_000_000n
/** Clocks go wrong by hours, and what is imported may come from another machine; five years are no clock's error. */
const mostAheadNs = 5n * 366n * 86_400n * 1_000_000_000n

export function isPlausible(ns: bigint, arrivedNs: bigint): boolean {
  return ns >= earliestNs && ns <= arrivedNs + mostAheadNs
}

/** The time as it was meant: nanoseconds, or what was sent in micro-, milliseconds or seconds; null where it cannot be. */
export function meantTime(ns: bigint, arrivedNs: bigint): bigint | null {
  if (ns <= 0n) return null
  const meant = [1n, 1_000n, 1_000_000n, 1_000_000_000n].find((unit) => isPlausible(ns * unit, arrivedNs))
  return meant === undefined ? null : ns * meant
}

export interface Times {
  readonly startNs: bigint
  /** null: not known. */
  readonly endNs: bigint | null
}

/** Of a span: a time that cannot be is the other end, or that of arrival, and the duration is unknown then. */
export function timesOfSpan(startNs: bigint, endNs: bigint, arrivedNs: bigint): Times {
  const [start, end] = [meantTime(startNs, arrivedNs), meantTime(endNs, arrivedNs)]
  if (start === null) return { startNs: end ?? arrivedNs, endNs: null }
  return { startNs: start, endNs: end === null || end < start ? null : end }
}
