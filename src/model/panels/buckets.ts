import { wallClock, type WallClock } from './zone.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const week = 7 * day

/** Widths that divide the day and read well on an axis. */
const widths = [
  ...[
    second,
    5 * second,
    15 * second,
    30 * second,
    minute,
    2 * minute,
    5 * minute,
    10 * minute,
    15 * minute,
    30 * minute,
  ],
  ...[hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, week],
]

/** The narrowest width with at most this many buckets. */
const enoughBuckets = 100

/** More points than any screen has columns are refused. */
export const mostBuckets = 5000

/** The width of buckets for a range, in milliseconds. */
export function bucketFor(fromMs: number, toMs: number): number {
  const range = Math.max(1, toMs - fromMs)
  return widths.find((width) => range / width <= enoughBuckets) ?? Math.ceil(range / enoughBuckets / week) * week
}

/** The first Monday of the epoch, from which all that is wider than an hour is counted on the wall's clock. */
const monday = 4 * day
/** No zone is further from UTC, and no change of a clock is this near to another. */
const aside = 36 * hour

export interface Cut {
  readonly fromMs: number
  readonly toMs: number
  readonly bucketMs: number
  readonly zone: string
}

/**
 * Where the buckets of a range begin, and where the last one ends; the first may begin before the range. Those of more than an hour
 * follow the clock on the wall: a day begins at its midnight, or at the first moment after it where the clock leaps over midnight, and
 * so has 23 or 25 hours at times. Shorter ones are equally long, and lie in full hours of the zone as it is when the range begins.
 */
export function bucketEdges({ fromMs, toMs, bucketMs, zone }: Cut): number[] {
  const wall = wallClock(zone)
  const first = Math.floor(fromMs)
  if (bucketMs <= hour) return evenEdges(first, toMs, bucketMs, wall(first) - first)
  const steps = Math.floor((wall(first) - monday) / bucketMs)
  let shown = monday + steps * bucketMs
  const edges = [momentOf(shown, wall)]
  while ((edges.at(-1) ?? toMs) < toMs) {
    shown += bucketMs
    const edge = momentOf(shown, wall)
    // A clock that was put back shows a bucket before the one that the range begins in.
    if (edge <= first) edges[0] = edge
    // A whole bucket that the clock leaps over is none.
    else if (edge > (edges.at(-1) ?? 0)) edges.push(edge)
  }
  return edges
}

function evenEdges(fromMs: number, toMs: number, bucketMs: number, offset: number): number[] {
  const edges = [Math.floor((fromMs + offset) / bucketMs) * bucketMs - offset]
  for (let edge = edges[0] ?? toMs; edge < toMs;) edges.push((edge += bucketMs))
  return edges
}

/** The first moment at which the wall shows this, or anything later. */
function momentOf(shown: number, wall: WallClock): number {
  const before = shown - aside
  const after = shown + aside
  const early = shown - (wall(before) - before)
  if (wall(early) === shown) return early
  const late = shown - (wall(after) - after)
  if (wall(late) === shown) return late
  // The clock leaps over it, somewhere between the two.
  let [low, high] = [Math.min(early, late), Math.max(early, late)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (wall(middle) >= shown) high = middle
    else low = middle
  }
  return high
}

/** The bucket that a moment lies in; the first or last one for moments beyond. */
export function bucketAt(edges: readonly number[], ms: number): number {
  let [low, high] = [0, Math.max(1, edges.length - 1)]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? 0) <= ms) low = middle
    else high = middle
  }
  return low
}
