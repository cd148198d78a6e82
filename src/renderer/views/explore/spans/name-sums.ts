import type { Value } from '../../../../contract/index.ts'
import type { Sort } from '../../../parts/table/column.ts'

export type SpanNameSum = Value<'explore.spanNames'>['names'][number]

/** What steps have found so far, and one more. */
export function addedUp(sums: readonly SpanNameSum[], more: readonly SpanNameSum[]): SpanNameSum[] {
  const byName = new Map(sums.map((sum) => [sum.name, sum]))
  for (const { name, count, ms, longestMs } of more) {
    const known = byName.get(name) ?? { count: 0, ms: 0, longestMs: 0 }
    byName.set(name, {
      name,
      count: known.count + count,
      ms: known.ms + ms,
      longestMs: Math.max(known.longestMs, longestMs),
    })
  }
  return [...byName.values()]
}

export function sortedSums(sums: readonly SpanNameSum[], { column, descending }: Sort): SpanNameSum[] {
  const key = (sum: SpanNameSum): number | string =>
    column === 'name' ? sum.name : column === 'count' ? sum.count : column === 'longestMs' ? sum.longestMs : sum.ms
  const direction = descending ? -1 : 1
  return sums.toSorted((a, b) => (key(a) < key(b) ? -direction : key(a) > key(b) ? direction : 0))
}
