/** Bars in columns: there may be a million. */
export interface Bars {
  readonly start: Float64Array
  readonly end: Float64Array
  /** Index of a bar's parent among the bars; -1 for none. */
  readonly parent: Int32Array
}

/**
 * A lane for each bar, so that no bar hides another: in a lane bars follow each other, or lie inside one of their own
 * ancestors. The first lane that has room is taken; lanes count from 0.
 */
export function assignLanes({ start, end, parent }: Bars): Uint32Array {
  const startOf = (bar: number): number => start[bar] ?? 0
  const endOf = (bar: number): number => end[bar] ?? 0
  const order = Uint32Array.from(start.keys())
  order.sort((a, b) => startOf(a) - startOf(b) || endOf(b) - endOf(a) || a - b)
  const lanes = new Uint32Array(start.length)
  /** Bars of a lane that are not over yet, the innermost last. */
  const open: number[][] = []
  for (const bar of order) {
    let lane = 0
    for (; lane < open.length; lane++) {
      const stack = open[lane] as number[]
      while (stack.length > 0 && endOf(stack.at(-1) as number) <= startOf(bar)) stack.pop()
      const inner = stack.at(-1)
      if (inner === undefined) break
      if (endOf(bar) <= endOf(inner) && isAncestor(parent, inner, bar)) break
    }
    lanes[bar] = lane
    const stack = open[lane]
    if (stack === undefined) open[lane] = [bar]
    else stack.push(bar)
  }
  return lanes
}

/** Deeper trees are drawn as well, only on more lanes. */
const deepest = 1000

function isAncestor(parent: Int32Array, candidate: number, bar: number): boolean {
  let at = parent[bar] ?? -1
  for (let steps = 0; at >= 0 && steps < deepest; steps++) {
    if (at === candidate) return true
    at = parent[at] ?? -1
  }
  return false
}
