/** Of the drawing, which is stretched to the room that it gets. */
const width = 200
const height = 26
/** The largest value stays so far below its top. */
const aboveMost = 4

/**
 * A step for each bucket, as wide as its part of the range; where nothing is known there is a gap. A lone bucket so is a bar, and not the
 * peak of a slope that nothing tells of.
 */
export function sparkPath(values: readonly (number | null)[]): { readonly line: string; readonly below: string } {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE)
  const wide = width / Math.max(1, values.length)
  const y = (value: number): string => (height - 1 - (value / most) * (height - aboveMost)).toFixed(1)
  const x = (at: number): string => (at * wide).toFixed(1)
  let line = ''
  let below = ''
  for (const [at, value] of values.entries()) {
    if (value === null) continue
    const goesOn = (values[at - 1] ?? null) !== null
    const isLast = (values[at + 1] ?? null) === null
    const step = `${y(value)}H${x(at + 1)}`
    line += goesOn ? `V${step}` : `M${x(at)},${step}`
    below += (goesOn ? `V${step}` : `M${x(at)},${height}V${step}`) + (isLast ? `V${height}Z` : '')
  }
  return { line, below }
}
