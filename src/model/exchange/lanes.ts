export interface Bar {
  readonly start: number
  readonly end: number
  /** Index of its parent among the bars; -1 for none. */
  readonly parent: number
}

/**
 * A lane for each bar, so that no bar hides another: in a lane bars follow each other, or lie inside one of their own
 * ancestors. The first lane that has room is taken; lanes count from 0.
 */
export function assignLanes(bars: readonly Bar[]): number[] {
  const order = bars.map((_, i) => i)
  order.sort((a, b) => startOf(bars, a) - startOf(bars, b) || endOf(bars, b) - endOf(bars, a) || a - b)
  const lanes: number[] = new Array<number>(bars.length).fill(0)
  /** Bars of a lane that are not over yet, the innermost last. */
  const open: number[][] = []
  for (const bar of order) {
    let lane = 0
    for (; lane < open.length; lane++) {
      const stack = open[lane] as number[]
      while (stack.length > 0 && endOf(bars, stack.at(-1) as number) <= startOf(bars, bar)) stack.pop()
      const inner = stack.at(-1)
      if (inner === undefined) break
      if (endOf(bars, bar) <= endOf(bars, inner) && isAncestor(bars, inner, bar)) break
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

function isAncestor(bars: readonly Bar[], candidate: number, bar: number): boolean {
  let at = bars[bar]?.parent ?? -1
  for (let steps = 0; at >= 0 && steps < deepest; steps++) {
    if (at === candidate) return true
    at = bars[at]?.parent ?? -1
  }
  return false
}

function startOf(bars: readonly Bar[], index: number): number {
  return bars[index]?.start ?? 0
}

function endOf(bars: readonly Bar[], index: number): number {
  return bars[index]?.end ?? 0
}
