import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawSpanRow } from '../../../../src/contract/tree.ts'
import type { TreeRow } from '../../../../src/model/tree/row.ts'
import {
  ancestors,
  nextError,
  placeRows,
  rawRowId,
  spanOfRow,
  visibleRows,
  withRawSpans,
} from '../../../../src/renderer/waterfall/rows.ts'
import { treeRow } from './tree-rows.ts'

const tree = [
  treeRow('loop', { spanCount: 5 }),
  treeRow('turn 1', { parentId: 'loop', spanCount: 2 }),
  treeRow('call', { parentId: 'turn 1', spanCount: 10 }),
  treeRow('tool', { parentId: 'turn 1', spanCount: 3, status: 'error' }),
  treeRow('turn 2', { parentId: 'loop', spanCount: 4 }),
]
const ids = (rows: readonly { readonly row: TreeRow }[]): string[] => rows.map(({ row }) => row.id)

function rawSpan(n: number, depth: number): RawSpanRow {
  return {
    traceId: 't',
    spanId: `${n}`,
    parentSpanId: null,
    depth,
    name: `span ${n}`,
    startMs: 0,
    durationMs: 1,
    error: false,
  }
}

/** Any tree in display order: each row hangs on the outermost level or on a row of the path before it. */
const anyTree = fc.array(fc.record({ up: fc.nat(4), spans: fc.nat(50) }), { maxLength: 40 }).map((steps) => {
  const path: string[] = []
  return steps.map(({ up, spans }, index) => {
    path.length = Math.max(0, path.length - up)
    const row = treeRow(`r${index}`, { parentId: path.at(-1) ?? null, spanCount: spans })
    path.push(row.id)
    return row
  })
})

describe('rows of a session', () => {
  it('knows the place of each among its siblings', () => {
    const places = placeRows(tree).map(({ level, position, siblings }) => [level, position, siblings])
    expect(places).toEqual([
      [1, 1, 1],
      [2, 1, 2],
      [3, 1, 2],
      [3, 2, 2],
      [2, 2, 2],
    ])
  })

  it('sums the spans below into every row', () => {
    expect(placeRows(tree).map(({ spans }) => spans)).toEqual([24, 15, 10, 3, 4])
  })

  it('marks the ancestors of an error, and not the failed row itself', () => {
    expect(placeRows(tree).map(({ errorBelow }) => errorBelow)).toEqual([true, true, false, false, false])
  })

  it('takes a row whose parent is missing for an outermost one', () => {
    expect(placeRows([treeRow('a', { parentId: 'gone' })])[0]?.level).toBe(1)
  })

  it('hides what is below a folded row, and nothing else', () => {
    expect(ids(visibleRows(placeRows(tree), new Set(['turn 1'])))).toEqual(['loop', 'turn 1', 'turn 2'])
    expect(ids(visibleRows(placeRows(tree), new Set(['loop', 'turn 1'])))).toEqual(['loop'])
    expect(visibleRows(placeRows(tree), new Set())).toHaveLength(5)
  })

  it('shows a row exactly when none of its ancestors is folded, in every tree', () => {
    fc.assert(
      fc.property(anyTree, fc.func(fc.boolean()), (rows, isFolded) => {
        const folded = new Set(rows.filter(({ id }) => isFolded(id)).map(({ id }) => id))
        const placed = placeRows(rows)
        const expected = rows.filter(({ id }) => !ancestors(placed, id).some((above) => folded.has(above)))
        expect(ids(visibleRows(placed, folded))).toEqual(expected.map(({ id }) => id))
      }),
    )
  })

  it('keeps the counts above when a row is unfolded to its raw spans', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(39), (rows, pick) => {
        const chosen = rows[pick % Math.max(1, rows.length)]
        if (!chosen) return
        const spans = Array.from({ length: chosen.spanCount }, (_, n) => rawSpan(n, Math.min(n, n % 3)))
        const after = new Map(
          placeRows(withRawSpans(rows, new Map([[chosen.id, spans]]))).map((row) => [row.row.id, row.spans]),
        )
        for (const { row, spans: before } of placeRows(rows)) expect(after.get(row.id)).toBe(before)
      }),
    )
  })

  it('puts raw spans right below their row, nested by their depth', () => {
    const placed = placeRows(withRawSpans(tree, new Map([['call', [rawSpan(1, 0), rawSpan(2, 1), rawSpan(3, 0)]]])))
    expect(ids(placed).slice(2, 7)).toEqual(['call', 'raw/t/1', 'raw/t/2', 'raw/t/3', 'tool'])
    expect(placed.slice(3, 6).map(({ level }) => level)).toEqual([4, 5, 4])
  })

  it('finds the span of a raw row by its id', () => {
    expect(spanOfRow(rawRowId({ traceId: 'ab', spanId: 'cd' }))).toEqual({ traceId: 'ab', spanId: 'cd' })
    expect(spanOfRow('tool_call-4')).toBeNull()
  })

  it('goes round the errors in both directions, and nowhere without one', () => {
    const two = placeRows([...tree, treeRow('late', { parentId: 'turn 2', status: 'error' })])
    expect(nextError(two, null, 1)).toBe('tool')
    expect(nextError(two, 'tool', 1)).toBe('late')
    expect(nextError(two, 'late', 1)).toBe('tool')
    expect(nextError(two, null, -1)).toBe('late')
    expect(nextError(two, 'late', -1)).toBe('tool')
    expect(nextError(placeRows([treeRow('fine')]), null, 1)).toBeNull()
  })
})
