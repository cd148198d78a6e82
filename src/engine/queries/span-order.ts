import type { SpanTable } from './tree-spans.ts'

export interface DisplayOrder {
  readonly sorted: Uint32Array
  readonly depth: Uint16Array
  readonly endOfRow: Uint32Array
}

/**
 * Spans by row, all or the given ones of them, and within a row as a forest: each below its parent where that is in the same
 * row, siblings by start. Linked lists of children over typed arrays: a million spans take no million objects.
 */
export function displayOrder(
  spans: SpanTable,
  rowOfSpan: Int32Array,
  rowCount: number,
  members = Uint32Array.from({ length: spans.count }, (_, span) => span),
): DisplayOrder {
  const byStart = members.toSorted((a, b) => (spans.start[b] ?? 0) - (spans.start[a] ?? 0) || b - a)
  const firstOfRow = new Int32Array(rowCount).fill(-1)
  const firstChild = new Int32Array(spans.count).fill(-1)
  const nextSibling = new Int32Array(spans.count).fill(-1)
  // Latest first, each put in front of its siblings: the lists come out by ascending start.
  for (const span of byStart) {
    const row = rowOfSpan[span] ?? -1
    if (row < 0) continue
    const parent = spans.parent[span] ?? -1
    const isInRow = parent >= 0 && rowOfSpan[parent] === row
    nextSibling[span] = (isInRow ? firstChild[parent] : firstOfRow[row]) ?? -1
    if (isInRow) firstChild[parent] = span
    else firstOfRow[row] = span
  }

  const total = members.reduce((sum, span) => sum + ((rowOfSpan[span] ?? -1) < 0 ? 0 : 1), 0)
  const sorted = new Uint32Array(total)
  const depth = new Uint16Array(total)
  const endOfRow = new Uint32Array(rowCount)
  const placed = new Uint8Array(spans.count)
  let at = 0
  const walk = (root: number): void => {
    const stack: number[] = [root]
    const depths: number[] = [0]
    for (let span = stack.pop(); span !== undefined; span = stack.pop()) {
      const level = depths.pop() ?? 0
      const sibling = level === 0 ? -1 : (nextSibling[span] ?? -1)
      if (sibling >= 0) {
        stack.push(sibling)
        depths.push(level)
      }
      if (placed[span] === 1) continue
      placed[span] = 1
      sorted[at] = span
      depth[at++] = Math.min(level, 65_535)
      const child = firstChild[span] ?? -1
      if (child >= 0) {
        stack.push(child)
        depths.push(level + 1)
      }
    }
  }
  const rings = ringsByRow(members, rowOfSpan, firstOfRow, firstChild, nextSibling)
  for (let row = 0; row < rowCount; row++) {
    for (let span = firstOfRow[row] ?? -1; span >= 0; span = nextSibling[span] ?? -1) walk(span)
    for (const span of rings.get(row) ?? []) if (placed[span] === 0) walk(span)
    endOfRow[row] = at
  }
  return { sorted, depth, endOfRow }
}

/** Spans that no root leads to, because their parents form a ring: they are shown all the same. */
function ringsByRow(
  members: Uint32Array,
  rowOfSpan: Int32Array,
  firstOfRow: Int32Array,
  firstChild: Int32Array,
  nextSibling: Int32Array,
): Map<number, number[]> {
  const reached = new Uint8Array(rowOfSpan.length)
  const stack: number[] = []
  for (const first of firstOfRow) for (let span = first; span >= 0; span = nextSibling[span] ?? -1) stack.push(span)
  for (let span = stack.pop(); span !== undefined; span = stack.pop()) {
    if (reached[span] === 1) continue
    reached[span] = 1
    for (let child = firstChild[span] ?? -1; child >= 0; child = nextSibling[child] ?? -1) stack.push(child)
  }
  const rings = new Map<number, number[]>()
  for (const span of members) {
    const row = rowOfSpan[span] ?? -1
    if (row < 0 || reached[span] === 1) continue
    const known = rings.get(row)
    if (known === undefined) rings.set(row, [span])
    else known.push(span)
  }
  return rings
}
