/** The line that Session duration draws and counts by. */
export const longSessionMs = 600_000

/** A percentile of fewer sessions is that of a few days. */
const known = 20

/**
 * From how long on a session of these lengths stands out: longer than the line, and than 95 of 100 of the user's own. The line alone would
 * mark nearly all of somebody who keeps a session open all day; the percentile alone would mark one of twenty however short they are.
 */
export function longFromMs(wallMs: readonly number[]): number {
  if (wallMs.length < known) return longSessionMs
  const sorted = wallMs.toSorted((a, b) => a - b)
  return Math.max(longSessionMs, sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0)
}
