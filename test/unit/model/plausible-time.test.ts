import { expect, test } from 'vitest'
import { meantTime, timesOfSpan } from '../../../src/model/plausible-time.ts'

const secondNs = 1_000_000_000n
const arrivedNs = 1_795_000_000n * secondNs
const startNs = arrivedNs - 5n * secondNs

test.each([
  ['nanoseconds', 1n],
  ['microseconds', 1_000n],
  ['milliseconds', 1_000_000n],
  ['seconds', secondNs],
])('a time in %s is what it was meant to be', (_unit, ns) => {
  expect(meantTime(startNs / ns, arrivedNs)).toBe((startNs / ns) * ns)
})

test.each([
  ['an empty one', 0n],
  ['one before 1970', -1n],
  ['a clock that counts from the start of its machine', 12n],
  ['one of the year 2170', 6_311_433_600n * secondNs],
])('%s cannot be', (_what, ns) => {
  expect(meantTime(ns, arrivedNs)).toBeNull()
})

test('a start that cannot be is the end, else the arrival; how long it took is unknown then', () => {
  expect(timesOfSpan(0n, startNs, arrivedNs)).toEqual({ startNs, endNs: null })
  expect(timesOfSpan(0n, 0n, arrivedNs)).toEqual({ startNs: arrivedNs, endNs: null })
})

test('an end that cannot be, or before the start, is none', () => {
  expect(timesOfSpan(startNs, 0n, arrivedNs)).toEqual({ startNs, endNs: null })
  expect(timesOfSpan(startNs, startNs - 1n, arrivedNs)).toEqual({ startNs, endNs: null })
  expect(timesOfSpan(startNs, startNs, arrivedNs)).toEqual({ startNs, endNs: startNs })
})
