import { expect, test } from 'vitest'
import { timeTicks } from '../../../../src/renderer/charts/time-ticks.ts'

const at = (...parts: [number, number, number, number?, number?]): number => new Date(...parts).getTime()

test('days stand evenly apart across the turn of a month', () => {
  const ticks = timeTicks({ fromMs: at(2026, 9, 29, 1, 55), toMs: at(2026, 10, 28, 1, 55) })
  expect(ticks).toEqual([at(2026, 10, 5), at(2026, 10, 12), at(2026, 10, 19), at(2026, 10, 26)])
})

test('hours begin at midnight, whatever the range begins with', () => {
  const ticks = timeTicks({ fromMs: at(2026, 10, 27, 1, 57), toMs: at(2026, 10, 28, 1, 57) })
  expect(ticks).toEqual([at(2026, 10, 27, 6), at(2026, 10, 27, 12), at(2026, 10, 27, 18), at(2026, 10, 28)])
})

test('minutes are round', () => {
  const ticks = timeTicks({ fromMs: at(2026, 10, 27, 1, 57), toMs: at(2026, 10, 27, 2, 12) })
  expect(ticks).toEqual([at(2026, 10, 27, 2, 0), at(2026, 10, 27, 2, 5), at(2026, 10, 27, 2, 10)])
})

test('every range has some, and hardly more than it was asked for', () => {
  for (let ms = 10_000; ms < 400 * 86_400_000; ms *= 1.3) {
    const fromMs = at(2026, 2, 3, 4, 5)
    const ticks = timeTicks({ fromMs, toMs: fromMs + ms })
    expect(ticks.length).toBeLessThanOrEqual(7)
    expect(ticks.length).toBeGreaterThan(0)
    for (const tick of ticks) expect(tick).toBeGreaterThanOrEqual(fromMs)
  }
  expect(timeTicks({ fromMs: 5, toMs: 5 })).toEqual([])
})
