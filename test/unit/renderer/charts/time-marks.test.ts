import { expect, test } from 'vitest'
import { markData, type TimeMark } from '../../../../src/renderer/charts/time-marks.ts'
import type { Colours } from '../../../../src/renderer/charts/colours.ts'

const at = (atMs: number): TimeMark => ({ atMs, label: `at ${String(atMs)}` })
const shownWithin = (widthPx: number, ...marks: TimeMark[]): boolean[] =>
  markData(marks, { fromMs: 0, toMs: 100 }, {} as Colours, widthPx).map(({ label }) => label.show)

test('of marks that are too near for two labels, the later one has its label', () => {
  expect(shownWithin(300, at(10), at(50))).toEqual([true, true])
  expect(shownWithin(300, at(90), at(95))).toEqual([false, true])
  expect(shownWithin(300, at(95), at(90), at(60))).toEqual([true, false, true])
  // The same have room in a wider chart, and less of them in a narrower one.
  expect(shownWithin(2000, at(95), at(90), at(60))).toEqual([true, true, true])
  expect(shownWithin(80, at(10), at(50))).toEqual([false, true])
})

test('of more than have room, none has one', () => {
  expect(new Set(shownWithin(300, ...Array.from({ length: 9 }, (_, n) => at(n * 11))))).toEqual(new Set([false]))
})
