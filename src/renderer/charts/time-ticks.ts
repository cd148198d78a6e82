import { bucketEdges } from '../../model/panels/buckets.ts'
import { ownZone } from '../../model/panels/zone.ts'
import type { Bounds } from '../range/range.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Steps within a day; all divide it, so that the ticks of one day are those of the next. */
const clockSteps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
]
/** Half a label of 40 px in a plot of 400. */
const edge = 0.05
const daySteps = [1, 2, 4, 7, 14, 28, 56, 91, 182, 364]

/**
 * Moments that read well on an axis of time, about `most` of them, evenly apart and away from its ends, where a label would take
 * room from the plot. ECharts' own begin anew with each month, so
 * that the days before and after its first crowd (29 Oct, 1, 2 and 5 Nov).
 */
export function timeTicks({ fromMs, toMs }: Bounds, most = 6): readonly number[] {
  const width = toMs - fromMs
  if (width <= 0) return []
  const step = clockSteps.find((ms) => width / ms <= most)
  const inner = { fromMs: fromMs + width * edge, toMs: toMs - width * edge }
  return step === undefined ? days(inner, most) : clock(inner, step)
}

/** Where buckets of that width would begin. */
function clock({ fromMs, toMs }: Bounds, step: number): readonly number[] {
  const edges = bucketEdges({ fromMs, toMs, bucketMs: step, zone: ownZone() })
  return edges.filter((at) => at >= fromMs && at <= toMs)
}

/** Midnights, whole days before the last one: the present is what is looked at. */
function days({ fromMs, toMs }: Bounds, most: number): readonly number[] {
  const wanted = (toMs - fromMs) / (24 * hour) / most
  const step = daySteps.find((count) => count >= wanted) ?? Math.ceil(wanted)
  const last = new Date(toMs)
  last.setHours(0, 0, 0, 0)
  const ticks: number[] = []
  // By the calendar and not by 24 hours: the day of a change of the clock has 23 or 25.
  for (const at = last; at.getTime() >= fromMs; at.setDate(at.getDate() - step)) ticks.unshift(at.getTime())
  return ticks
}
