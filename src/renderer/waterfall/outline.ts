import type { TreeRow } from '../../model/tree/row.ts'

/** The folded rows with what their places in the tree say about them, as columns beside the rows. */
export interface Outline {
  readonly rows: readonly TreeRow[]
  /** Index of each row's parent, -1 for the outermost. A parent stands before its children. */
  readonly parent: Int32Array
  /** 1 for the outermost rows, as aria-level counts. */
  readonly level: Uint16Array
  /** One past the last row below each; a row without children ends right after itself. */
  readonly end: Int32Array
  readonly position: Uint32Array
  readonly siblings: Uint32Array
  /** Something below it failed. */
  readonly errorBelow: Uint8Array
  readonly indexOf: ReadonlyMap<string, number>
}

/** Rows come in display order. One whose parent is missing, or stands behind it, counts as an outermost one. */
export function outlineOf(rows: readonly TreeRow[]): Outline {
  const count = rows.length
  const indexOf = new Map(rows.map((row, index) => [row.id, index]))
  const outline = {
    rows,
    parent: new Int32Array(count),
    level: new Uint16Array(count),
    end: new Int32Array(count),
    position: new Uint32Array(count),
    siblings: new Uint32Array(count),
    errorBelow: new Uint8Array(count),
    indexOf,
  }
  const { parent, level, end, position, siblings, errorBelow } = outline
  const children = new Uint32Array(count + 1)
  rows.forEach(({ parentId }, index) => {
    const above = parentId === null ? -1 : (indexOf.get(parentId) ?? -1)
    parent[index] = above < index ? above : -1
    const known = parent[index] ?? -1
    level[index] = known < 0 ? 1 : (level[known] ?? 0) + 1
    children[known + 1] = position[index] = (children[known + 1] ?? 0) + 1
  })
  // Backwards, so that every row is complete before its parent takes it over.
  for (let index = count - 1; index >= 0; index--) {
    const above = parent[index] ?? -1
    siblings[index] = children[above + 1] ?? 1
    const last = Math.max(end[index] ?? 0, index + 1)
    end[index] = last
    if (above < 0) continue
    end[above] = Math.max(end[above] ?? 0, last)
    if (rows[index]?.status === 'error' || errorBelow[index] === 1) errorBelow[above] = 1
  }
  return outline
}

export function hasChildren({ end }: Outline, row: number): boolean {
  return (end[row] ?? 0) > row + 1
}

/** All rows above this one, nearest first. */
export function rowsAbove({ parent }: Outline, row: number): readonly number[] {
  const found: number[] = []
  for (let at = parent[row] ?? -1; at >= 0; at = parent[at] ?? -1) found.push(at)
  return found
}
