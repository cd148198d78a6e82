import { countUpTo } from './sorted.ts'

interface Begun {
  readonly start: number
}

/** Beginnings of lists that were asked of: one is asked of for each of ten thousand calls. */
const starts = new WeakMap<readonly Begun[], readonly number[]>()

/** The last that had begun at a moment, of a list in the order of beginnings that does not change any more. */
export function lastBegun<T extends Begun>(list: readonly T[], at: number): T | undefined {
  let known = starts.get(list)
  if (known === undefined) starts.set(list, (known = list.map(({ start }) => start)))
  return list[countUpTo(known, at) - 1]
}
