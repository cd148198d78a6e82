import { expect, test } from 'vitest'
import { markData, type TimeMark } from '../../../../src/renderer/charts/time-marks.ts'
import type { Colours } from '../../../../src/renderer/charts/colours.ts'

const at = (atMs: number): TimeMark => ({ atMs, label: `at ${String(atMs)}` })
const shownOf = (...marks: TimeMark[]): boolean[] =>
  markData(marks, { fromMs: 0, toMs: 100 }, {} as Colours).map(({ label }) => label.show)

test('of marks that are too near for two labels, the later one has its label', () => {
  expect(shownOf(at(10), at(50))).toEqual([true, true])
  expect(shownOf(at(90), at(95))).toEqual([false, true])
  expect(shownOf(at(95), at(90), at(60))).toEqual([true, false, true])
})

test('of more than have room, none has one', () => {
  expect(new Set(shownOf(...Array.from({ length: 9 }, (_, n) => at(n * 11))))).toEqual(new Set([false]))
})
