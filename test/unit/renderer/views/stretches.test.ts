import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  gapsOf,
  nextPage,
  nothingKnown,
  pagesOf,
  withPage,
  type Known,
} from '../../../../src/renderer/views/sessions/stretches.ts'

interface Item {
  readonly id: string
  readonly startedAtMs: number
}
const at = (...times: number[]): Item[] => times.map((startedAtMs) => ({ id: `s${startedAtMs}`, startedAtMs }))
const known = (total: number, ...stretches: [number, Item[]][]): Known<Item> => ({
  total,
  stretches: stretches.map(([from, items]) => ({ from, items })),
})
const placed = ({ stretches }: Known<Item>): [number, number[]][] =>
  stretches.map(({ from, items }) => [from, items.map(({ startedAtMs }) => startedAtMs)])
const after = (before: Known<Item>, from: number, total: number, items: Item[]) =>
  placed(withPage(before, { from, total, items }))

describe('a list that is read a page at a time', () => {
  it('goes on behind what is known', () => {
    expect(after(known(9, [0, at(9, 8)]), 2, 9, at(7, 6))).toEqual([[0, [9, 8, 7, 6]]])
  })

  it('takes new ones at its head, and overlaps where pages have moved', () => {
    expect(after(known(9, [0, at(9, 8, 7)]), 0, 11, at(11, 10, 9))).toEqual([[0, [11, 10, 9, 8, 7]]])
    expect(after(known(9, [0, at(9, 8)]), 2, 10, at(8, 7))).toEqual([[0, [9, 8, 7]]])
  })

  it('loses what is gone from where the page reaches, and nothing else', () => {
    expect(after(known(9, [0, at(9, 8, 7, 6, 5)]), 1, 8, at(8, 6))).toEqual([[0, [9, 8, 6, 5]]])
    expect(after(known(9, [0, at(9, 8, 7)]), 0, 8, at(8))).toEqual([[0, [8, 7]]])
    expect(after(known(3, [0, at(9, 8, 7)]), 1, 2, at(8))).toEqual([[0, [9, 8]]])
    expect(after(known(2, [0, at(9, 8)]), 0, 0, [])).toEqual([])
  })

  it('moves one that turned out to have begun at another time, and keeps those of one moment', () => {
    expect(after(known(3, [0, at(9, 8, 7)]), 2, 3, [{ id: 's7', startedAtMs: 5 }])).toEqual([[0, [9, 8, 5]]])
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, startedAtMs: 8 }))
    if (!a || !b || !c) throw new Error('three')
    const { stretches } = withPage(known(9, [0, [a, b]]), { from: 2, total: 9, items: [c] })
    expect(stretches[0]?.items).toEqual([a, b, c])
  })

  it('is read from its end, and both join when all between them is known', () => {
    const ends = withPage(known(9, [0, at(9, 8)]), { from: 7, total: 9, items: at(2, 1) })
    expect(placed(ends)).toEqual([
      [0, [9, 8]],
      [7, [2, 1]],
    ])
    expect(gapsOf(ends)).toEqual([{ from: 2, to: 7 }])
    const more = withPage(ends, { from: 5, total: 9, items: at(4, 3) })
    expect(gapsOf(more)).toEqual([{ from: 2, to: 5 }])
    const whole = withPage(more, { from: 2, total: 9, items: at(7, 6, 5) })
    expect(placed(whole)).toEqual([[0, [9, 8, 7, 6, 5, 4, 3, 2, 1]]])
    expect(gapsOf(whole)).toEqual([])
  })

  it('keeps what was read of its end there when new ones come before all others', () => {
    const moved = withPage(known(9, [0, at(9, 8)], [7, at(2, 1)]), { from: 0, total: 11, items: at(11, 10) })
    expect(placed(moved)).toEqual([
      [0, [11, 10, 9, 8]],
      [9, [2, 1]],
    ])
  })

  it('asks for the page around what somebody looks at, and for nothing that is known already', () => {
    const ends = known(9000, [0, at(9)], [8000, at(1)])
    expect(nextPage(ends, { from: 0, to: 1 }, 400)).toBeNull()
    expect(nextPage(ends, { from: -10, to: 2 }, 400)).toBe(1)
    expect(nextPage(ends, { from: 4000, to: 4030 }, 400)).toBe(3800)
    expect(nextPage(ends, { from: 7990, to: 8001 }, 400)).toBe(7600)
    expect(nextPage(ends, { from: 8990, to: 9000 }, 400)).toBe(8600)
    const many = at(...Array.from({ length: 900 }, (_, i) => -i))
    expect(pagesOf(known(9000, [0, at(9)], [5000, many]), { from: 0, to: Infinity }, 400)).toEqual([
      0, 5000, 5400, 5500,
    ])
  })

  it('is all of the list in its order, wherever its pages were asked for', () => {
    const all = at(...Array.from({ length: 60 }, (_, i) => 60 - i))
    fc.assert(
      fc.property(fc.array(fc.nat(59), { maxLength: 12 }), (looked) => {
        let list: Known<Item> = nothingKnown
        const read = (from: number) => (list = withPage(list, { from, total: 60, items: all.slice(from, from + 8) }))
        read(0)
        for (const place of [...looked, ...all.keys()]) {
          const from = nextPage(list, { from: place, to: place + 1 }, 8)
          if (from !== null) read(from)
          for (const stretch of list.stretches)
            expect(stretch.items).toEqual(all.slice(stretch.from, stretch.from + stretch.items.length))
          expect(nextPage(list, { from: place, to: place + 1 }, 8)).toBeNull()
        }
        expect(placed(list)).toEqual(placed(known(60, [0, all])))
      }),
    )
  })
})
