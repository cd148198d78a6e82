import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayList } from '../../../../src/renderer/waterfall/display-list.ts'
import type { Choices } from '../../../../src/renderer/waterfall/display-list.ts'
import { rowsAbove } from '../../../../src/renderer/waterfall/outline.ts'
import { parentSpan } from '../../../../src/renderer/waterfall/session-data.ts'
import type { SessionData } from '../../../../src/renderer/waterfall/session-data.ts'
import { anySession, sessionOf } from './session-of.ts'
import { treeRow } from './tree-rows.ts'

const none: Choices = {
  isFolded: () => false,
  isRaw: () => false,
  foldedSpans: () => new Int32Array(),
  filter: null,
}
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

function spansAbove(of: SessionData, span: number): readonly number[] {
  const above = parentSpan(of, span)
  return above < 0 ? [] : [above, ...spansAbove(of, above)]
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
        const choices = { ...none, isFolded: (row: number) => folded(row), isRaw: (row: number) => raw(row) }
        const list = displayList(session, choices)
        const expected = plainly(session, choices)
        expect(shown(session, choices)).toEqual(expected)
        expected.forEach((entry, line) => expect(list.lineOf(entry)).toBe(line))
        const all = plainly(session, { ...none, isRaw: () => true })
        for (const entry of all) if (!expected.includes(entry)) expect(list.lineOf(entry)).toBe(-1)
      }),
    )
  })

  it('are fewer below a folded raw span, which knows how many it hides and whether one of them failed', () => {
    const deep = [{ depth: 0 }, { depth: 1 }, { depth: 2, error: true }, { depth: 1 }, { depth: 0 }, { depth: 1 }]
    const session = sessionOf([treeRow('call'), treeRow('end')], { call: deep })
    const choices = { ...none, isRaw: () => true, foldedSpans: () => Int32Array.of(0, 1, 3, 4) }
    expect(shown(session, choices)).toEqual([0, ~0, ~4, 1])
    const { foldOf, lineOf } = displayList(session, choices)
    expect([0, 1, 3, 4].map(foldOf)).toEqual([
      { span: 0, hidden: 3, hasError: true },
      null,
      null,
      { span: 4, hidden: 1, hasError: false },
    ])
    expect([~3, ~4, ~5, 1].map(lineOf)).toEqual([-1, 2, -1, 3])
    const part = { ...choices, foldedSpans: () => Int32Array.of(1) }
    expect(shown(session, part)).toEqual([0, ~0, ~1, ~3, ~4, ~5, 1])
  })

  it('and what folded raw spans say that they hide are all spans, in every session', () => {
    fc.assert(
      fc.property(anySession, fc.func(fc.boolean()), (session, folds) => {
        const count = session.raw?.count ?? 0
        const all = Array.from({ length: count }, (_, span) => span)
        const folded = Int32Array.from(all.filter((span) => folds(span)))
        const list = displayList(session, { ...none, isRaw: () => true, foldedSpans: () => folded })
        const lines = Array.from({ length: list.lines }, (_, line) => list.entryAt(line) ?? 0)
        lines.forEach((entry, line) => expect(list.lineOf(entry)).toBe(line))
        const spans = lines.filter((entry) => entry < 0).map((entry) => ~entry)
        const hidden = spans.map((span) => list.foldOf(span)?.hidden ?? 0)
        expect(spans.length + hidden.reduce((sum, more) => sum + more, 0)).toBe(count)
        expect(lines.length - spans.length).toBe(session.outline.rows.length)
        for (const span of all) {
          const above = spansAbove(session, span)
          expect(list.lineOf(~span) < 0).toBe(above.some((up) => folded.includes(up)))
        }
      }),
    )
  })

  it('leave out what a filter does, and folds hide nothing of what it keeps', () => {
    const filter = { rows: Uint8Array.of(1, 1, 1, 0), spans: Uint8Array.of(0, 0, 0, 0, 1, 0) }
    const choices = { ...none, isFolded: () => true, isRaw: () => true, filter }
    expect(shown(data, choices)).toEqual([0, 1, 2, ~4])
    const list = displayList(data, choices)
    expect([0, 3, ~4, ~5].map(list.lineOf)).toEqual([0, -1, 3, -1])
  })

  it('end where they end', () => {
    const { entryAt, lines } = displayList(data, none)
    expect([entryAt(-1), entryAt(lines)]).toEqual([null, null])
  })
})
