import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignLanes } from '../../../../src/model/exchange/lanes.ts'

interface Bar {
  readonly start: number
  readonly end: number
  readonly parent: number
}

const lanesOf = (bars: readonly Bar[]): number[] => [
  ...assignLanes({
    start: Float64Array.from(bars, ({ start }) => start),
    end: Float64Array.from(bars, ({ end }) => end),
    parent: Int32Array.from(bars, ({ parent }) => parent),
  }),
]
const bar = (start: number, end: number, parent = -1): Bar => ({ start, end, parent })

test('what follows shares a lane, what is inside its parent too, and what overlaps does not', () => {
  expect(lanesOf([bar(0, 10), bar(10, 20)])).toEqual([0, 0])
  expect(lanesOf([bar(0, 10), bar(2, 5, 0), bar(5, 9, 0)])).toEqual([0, 0, 0])
  expect(lanesOf([bar(0, 10), bar(2, 6, 0), bar(4, 9, 0)])).toEqual([0, 0, 1])
  expect(lanesOf([bar(0, 10), bar(8, 12, 0)])).toEqual([0, 1])
  expect(lanesOf([bar(0, 10), bar(2, 5)])).toEqual([0, 1])
})

test('in a lane no bar hides another that is not below it', () => {
  const bars = fc.array(
    fc.record({
      start: fc.integer({ min: 0, max: 40 }),
      length: fc.integer({ min: 1, max: 20 }),
      up: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(bars, (given) => {
      const all = given.map(({ start, length, up }, i) => bar(start, start + length, Math.max(-1, i - up)))
      const lanes = lanesOf(all)
      all.forEach((a, i) => {
        all.forEach((b, j) => {
          if (i === j || lanes[i] !== lanes[j] || a.end <= b.start || b.end <= a.start) return
          const isInside = (inner: Bar, outer: Bar, from: number, to: number): boolean =>
            outer.start <= inner.start && inner.end <= outer.end && ancestors(all, from).includes(to)
          expect(isInside(a, b, i, j) || isInside(b, a, j, i)).toBe(true)
        })
      })
    }),
  )
})

function ancestors(bars: readonly Bar[], index: number): number[] {
  const parent = bars[index]?.parent ?? -1
  return parent < 0 ? [] : [parent, ...ancestors(bars, parent)]
}
