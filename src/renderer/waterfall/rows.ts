import type { RawSpanRow } from '../../contract/tree.ts'
import type { TreeRow } from '../../model/tree/row.ts'

/** A row with what its place in the tree says about it. */
export interface PlacedRow {
  readonly row: TreeRow
  /** 1 for the outermost rows, as aria-level counts. */
  readonly level: number
  readonly position: number
  readonly siblings: number
  readonly hasChildren: boolean
  /** Raw spans of the row and of everything below it. */
  readonly spans: number
  /** Something below it failed. */
  readonly errorBelow: boolean
}

/** A span's place in the tree, for asking for it whole. */
export interface SpanRef {
  readonly traceId: string
  readonly spanId: string
}

export function rawRowId({ traceId, spanId }: SpanRef): string {
  return `raw/${traceId}/${spanId}`
}

export function spanOfRow(rowId: string): SpanRef | null {
  const [kind, traceId, spanId] = rowId.split('/')
  return kind === 'raw' && traceId && spanId ? { traceId, spanId } : null
}

/**
 * Puts the raw spans of unfolded rows into the tree, right below their row and before its other children. The row then
 * stands for none itself, so that the counts above it stay what they were.
 */
export function withRawSpans(
  rows: readonly TreeRow[],
  unfolded: ReadonlyMap<string, readonly RawSpanRow[]>,
): readonly TreeRow[] {
  if (unfolded.size === 0) return rows
  return rows.flatMap((row) => {
    const spans = unfolded.get(row.id)
    return spans ? [{ ...row, spanCount: 0 }, ...rawRows(row, spans)] : [row]
  })
}

function rawRows(row: TreeRow, spans: readonly RawSpanRow[]): TreeRow[] {
  const path: string[] = []
  return spans.map((span) => {
    const id = rawRowId(span)
    path.length = Math.min(path.length, span.depth)
    const parentId = path.at(-1) ?? row.id
    path.push(id)
    return {
      id,
      parentId,
      kind: 'raw',
      label: span.name,
      detail: '',
      startMs: span.startMs,
      durationMs: span.durationMs,
      status: span.error ? 'error' : 'ok',
      spanCount: 1,
      parts: [],
      note: '',
      sessionId: row.sessionId,
      turnId: row.turnId,
      callId: row.callId,
    }
  })
}

/** Rows come in display order, parents before their children. A row whose parent is not among them is an outermost one. */
export function placeRows(rows: readonly TreeRow[]): readonly PlacedRow[] {
  const indexOf = new Map(rows.map((row, index) => [row.id, index]))
  const parents = rows.map((row, index) => {
    const parent = row.parentId === null ? undefined : indexOf.get(row.parentId)
    return parent !== undefined && parent < index ? parent : -1
  })
  const levels: number[] = []
  const positions: number[] = []
  const children = new Map<number, number>()
  const spans = rows.map((row) => row.spanCount)
  const errors = rows.map(() => false)
  for (const [index, parent] of parents.entries()) {
    levels[index] = parent < 0 ? 1 : (levels[parent] ?? 0) + 1
    positions[index] = (children.get(parent) ?? 0) + 1
    children.set(parent, positions[index])
  }
  // Backwards, so that every row is complete before its parent takes it over.
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const parent = parents[index] ?? -1
    if (parent < 0) continue
    spans[parent] = (spans[parent] ?? 0) + (spans[index] ?? 0)
    errors[parent] ||= rows[index]?.status === 'error' || (errors[index] ?? false)
  }
  return rows.map((row, index) => ({
    row,
    level: levels[index] ?? 1,
    position: positions[index] ?? 1,
    siblings: children.get(parents[index] ?? -1) ?? 1,
    hasChildren: children.has(index),
    spans: spans[index] ?? 0,
    errorBelow: errors[index] ?? false,
  }))
}

/** The rows that show: those with no folded row above them. */
export function visibleRows(placed: readonly PlacedRow[], folded: ReadonlySet<string>): readonly PlacedRow[] {
  if (folded.size === 0) return placed
  let hiddenBelow = Infinity
  return placed.filter(({ row, level }) => {
    if (level > hiddenBelow) return false
    hiddenBelow = folded.has(row.id) ? level : Infinity
    return true
  })
}

/** The ids of all rows above this one, nearest first. */
export function ancestors(placed: readonly PlacedRow[], id: string): readonly string[] {
  const byId = new Map(placed.map(({ row }) => [row.id, row]))
  const found: string[] = []
  for (let at = byId.get(id)?.parentId ?? null; at !== null && byId.has(at); at = byId.get(at)?.parentId ?? null)
    found.push(at)
  return found
}

/** The next (step 1) or previous (step −1) row that failed, going round at the end; folded ones count as well. */
export function nextError(placed: readonly PlacedRow[], fromId: string | null, step: 1 | -1): string | null {
  const from = placed.findIndex(({ row }) => row.id === fromId)
  const start = from < 0 && step < 0 ? 0 : from
  for (let offset = 1; offset <= placed.length; offset += 1) {
    const at = placed[(start + step * offset + placed.length * 2) % placed.length]
    if (at?.row.status === 'error') return at.row.id
  }
  return null
}
