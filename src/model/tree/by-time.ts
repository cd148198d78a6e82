export interface Timed {
  readonly at: number
}

export const byTime = (a: Timed, b: Timed): number => a.at - b.at

/** Those of a list by time that lie between two moments, the bounds included; `to` may be Infinity. */
export function between<T extends Timed>(list: readonly T[], from: number, to: number): T[] {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle]?.at ?? 0) < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < list.length && (list[end]?.at ?? 0) <= to) end++
  return list.slice(low, end)
}
