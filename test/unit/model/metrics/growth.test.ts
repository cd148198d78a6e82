import { expect, test } from 'vitest'
import { growths, type Level } from '../../../../src/model/metrics/growth.ts'

const level = (count: number, sum: number, startNs = 1n, buckets: readonly number[] | null = null): Level => ({
  ...{ startNs, count, sum, buckets },
})

test('what a series had reached before does not count again', () => {
  expect(growths([level(3, 30), level(5, 50)], new Map())).toMatchObject({ count: 5, sum: 50 })
  expect(growths([level(5, 50)], new Map([[1n, level(3, 30)]]))).toMatchObject({ count: 2, sum: 20 })
})

test('a new start begins at 0, whatever another start had reached', () => {
  expect(growths([level(2, 20, 9n)], new Map([[1n, level(3, 30)]]))).toMatchObject({ count: 2, sum: 20 })
})

test('a series that fell without a new start began anew, and grows by less than nothing never', () => {
  expect(growths([level(1, 10)], new Map([[1n, level(3, 30)]]))).toMatchObject({ count: 1, sum: 10 })
  expect(growths([level(3, 30), level(1, 10), level(2, 15)], new Map())).toMatchObject({ count: 5, sum: 45 })
})

test('the same level again is no growth', () => {
  expect(growths([level(3, 30), level(3, 30)], new Map())).toMatchObject({ count: 3, sum: 30 })
})

test('buckets grow each by itself', () => {
  const before = new Map([[1n, level(3, 30, 1n, [1, 2])]])
  expect(growths([level(6, 60, 1n, [2, 4])], before).buckets).toEqual([1, 2])
})
