/** A filling as far as it is drawn. */
export interface DrawnPeriod {
  readonly endMs: number | null
  readonly points: readonly { readonly atMs: number; readonly usedPercent: number }[]
}

/**
 * How full a window was in each stretch between two edges: the most that was noted in it, else what was noted last of a filling that was
 * not over. null: nothing is known, as after a reset until something is used again, and after `nowMs`.
 */
export function courseOf(
  periods: readonly DrawnPeriod[],
  edges: readonly number[],
  nowMs: number,
): readonly (number | null)[] {
  const points = periods
    .flatMap(({ points: own, endMs }) => own.map((point) => ({ ...point, endMs: endMs ?? Infinity })))
    .sort((a, b) => a.atMs - b.atMs)
  let next = 0
  let last: (typeof points)[number] | null = null
  return edges.slice(0, -1).map((fromMs, index) => {
    const toMs = edges[index + 1] ?? fromMs
    let most: number | null = null
    for (let point = points[next]; point !== undefined && point.atMs < toMs; point = points[++next]) {
      if (point.atMs >= fromMs) most = Math.max(most ?? 0, point.usedPercent)
      last = point
    }
    if (most !== null) return most
    return last !== null && last.endMs > fromMs && fromMs <= nowMs ? last.usedPercent : null
  })
}
