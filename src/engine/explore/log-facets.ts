import type { Value } from '../../contract/index.ts'
import type { Buckets } from '../panels/cut.ts'
import { severityName } from '../queries/logs.ts'

/** A bucket's moment, a record's name and severity, and how many there are. */
export type FacetCell = readonly [atMs: number, event: string, severity: number, count: number]

/** Counts of records, in order of time, added up for each of the ways to narrow a list of them. */
export function facetsOf(cells: readonly FacetCell[], { bucketMs, edgesMs }: Buckets): Value<'explore.logFacets'> {
  const events = new Map<string, number>()
  const severities = new Map<string, { minSeverity: number; count: number }>()
  const histogram = new Map<number, { atMs: number; count: number; bad: number }>()
  for (const [atMs, event, severity, count] of cells) {
    events.set(event, (events.get(event) ?? 0) + count)
    const name = severityName(severity)
    const level = severities.get(name) ?? {
      minSeverity: severity === 0 ? 0 : Math.floor((severity - 1) / 4) * 4 + 1,
      count: 0,
    }
    level.count += count
    severities.set(name, level)
    const bar = histogram.get(atMs) ?? { atMs, count: 0, bad: 0 }
    bar.count += count
    if (severity >= 13) bar.bad += count
    histogram.set(atMs, bar)
  }
  return {
    total: cells.reduce((sum, [, , , count]) => sum + count, 0),
    events: [...events].map(([event, count]) => ({ event, count })).sort((a, b) => b.count - a.count),
    severities: [...severities]
      .map(([severity, level]) => ({ severity, ...level }))
      .sort((a, b) => a.minSeverity - b.minSeverity),
    bucketMs,
    edgesMs,
    histogram: [...histogram.values()],
  }
}
