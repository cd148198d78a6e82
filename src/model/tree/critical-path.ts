import type { TreeRow } from './row.ts'

/** A stretch of one row on the critical path. */
export interface PathStretch {
  /** Index of the row. */
  readonly row: number
  readonly startMs: number
  readonly endMs: number
}

/**
 * What determined when the outermost row ended: walking back from its end, at each moment the child that ended last before it,
 * and where no child was under way the row itself. The stretches are disjoint and cover the row from start to end, latest first,
 * as far as it lies `within`: a session's loop outlasts its work. `parent` holds the index of each row's parent, -1 for none;
 * an open row ends at `nowMs`.
 */
export function criticalPath(
  rows: readonly TreeRow[],
  parent: Int32Array,
  nowMs: number,
  within: { readonly startMs: number; readonly endMs: number } = { startMs: -Infinity, endMs: Infinity },
): PathStretch[] {
  const children = new Map<number, number[]>()
  rows.forEach((_, index) => {
    const above = parent[index] ?? -1
    const siblings = children.get(above)
    if (siblings === undefined) children.set(above, [index])
    else siblings.push(index)
  })
  const endOf = (index: number): number => {
    const row = rows[index]
    return row === undefined ? nowMs : row.startMs + (row.durationMs ?? Math.max(0, nowMs - row.startMs))
  }
  for (const siblings of children.values()) siblings.sort((a, b) => endOf(b) - endOf(a))

  const path: PathStretch[] = []
  const todo = (children.get(-1) ?? []).slice(0, 1).map((index) => ({
    ...{ index, from: within.startMs, until: within.endMs },
  }))
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) walk(next.index, next.from, next.until)
  return path.sort((a, b) => b.endMs - a.endMs)

  /** Puts the row's own stretches on the path, and leaves those of its children to be walked. */
  function walk(index: number, from: number, until: number): void {
    const start = Math.max(from, rows[index]?.startMs ?? 0)
    let at = Math.min(until, endOf(index))
    for (const child of children.get(index) ?? []) {
      const childEnd = Math.min(endOf(child), at)
      const childStart = Math.max(start, rows[child]?.startMs ?? 0)
      if (childEnd <= childStart) continue
      if (childEnd < at) path.push({ row: index, startMs: childEnd, endMs: at })
      todo.push({ index: child, from: childStart, until: childEnd })
      at = childStart
    }
    if (at > start) path.push({ row: index, startMs: start, endMs: at })
  }
}
