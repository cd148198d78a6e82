import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayList } from '../../../../src/renderer/waterfall/display-list.ts'
import type { Choices } from '../../../../src/renderer/waterfall/display-list.ts'
import { rowsAbove } from '../../../../src/renderer/waterfall/outline.ts'
import type { SessionData } from '../../../../src/renderer/waterfall/session-data.ts'
import { anySession, sessionOf } from './session-of.ts'
import { treeRow } from './tree-rows.ts'

const none: Choices = { isFolded: () => false, isRaw: () => false, filter: null }
const spans = [{ depth: 0 }, { depth: 1 }, { depth: 0 }]
const data = sessionOf(
  [treeRow('loop'), treeRow('turn', { parentId: 'loop' }), treeRow('call', { parentId: 'turn' }), treeRow('end')],
  { turn: spans, call: spans },
)

function shown(of: SessionData, choices: Choices): (number | null)[] {
  const { lines, entryAt } = displayList(of, choices)
  return Array.from({ length: lines }, (_, line) => entryAt(line))
}

/** The plain way: every line as an element of an array. */
function plainly({ outline, first, end }: SessionData, { isFolded, isRaw }: Choices): number[] {
  return outline.rows.flatMap((_, row) => {
    if (rowsAbove(outline, row).some(isFolded)) return []
    const count = (end[row] ?? 0) - (first[row] ?? 0)
    const below = isRaw(row) && !isFolded(row) ? count : 0
    return [row, ...Array.from({ length: below }, (_, at) => ~((first[row] ?? 0) + at))]
  })
}

describe('lines', () => {
  it('are the rows, without what is below folded ones', () => {
    expect(shown(data, none)).toEqual([0, 1, 2, 3])
    expect(shown(data, { ...none, isFolded: (row) => row === 1 })).toEqual([0, 1, 3])
    expect(shown(data, { ...none, isFolded: () => true })).toEqual([0, 3])
  })

  it('put the raw spans of an unfolded row right below it, before its other children', () => {
    expect(shown(data, { ...none, isRaw: (row) => row === 1 })).toEqual([0, 1, ~0, ~1, ~2, 2, 3])
  })

  it('are what a plain list would be, in every session, and know where each entry stands', () => {
    const choice = fc.func(fc.boolean())
    fc.assert(
      fc.property(anySession, choice, choice, (session, folded, raw) => {
        const choices = { isFolded: (row: number) => folded(row), isRaw: (row: number) => raw(row), filter: null }
        const list = displayList(session, choices)
        const expected = plainly(session, choices)
        expect(shown(session, choices)).toEqual(expected)
        expected.forEach((entry, line) => expect(list.lineOf(entry)).toBe(line))
        const all = plainly(session, { ...none, isRaw: () => true })
        for (const entry of all) if (!expected.includes(entry)) expect(list.lineOf(entry)).toBe(-1)
      }),
    )
  })

  it('leave out what a filter does, and folds hide nothing of what it keeps', () => {
    const filter = { rows: Uint8Array.of(1, 1, 1, 0), spans: Uint8Array.of(0, 0, 0, 0, 1, 0) }
    const choices = { isFolded: () => true, isRaw: () => true, filter }
    expect(shown(data, choices)).toEqual([0, 1, 2, ~4])
    const list = displayList(data, choices)
    expect([0, 3, ~4, ~5].map(list.lineOf)).toEqual([0, -1, 3, -1])
  })

  it('end where they end', () => {
    const { entryAt, lines } = displayList(data, none)
    expect([entryAt(-1), entryAt(lines)]).toEqual([null, null])
  })
})
