const second = 1000
const minute = 60 * second
const hour = 60 * minute

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
  ...[hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour, 7 * 24 * hour],
]

/** The narrowest width with at most this many buckets. */
const enoughBuckets = 100

/** More points than any screen has columns are refused. */
export const mostBuckets = 5000

/** The width of buckets for a range, in milliseconds. */
export function bucketFor(fromMs: number, toMs: number): number {
  const range = Math.max(1, toMs - fromMs)
  return widths.find((width) => range / width <= enoughBuckets) ?? Math.ceil(range / enoughBuckets / hour) * hour
}
