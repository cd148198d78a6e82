import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttributeValue } from '../../../src/model/attributes.ts'
import { amountOf, countOf, largestCount, notCounts } from '../../../src/model/counts.ts'

test.each<[AttributeValue, number | null, number | null]>([
  ['38', 38, 38],
  [38, 38, 38],
  [0, 0, 0],
  [-0, 0, 0],
  [largestCount, largestCount, largestCount],
  [largestCount + 1, null, null],
  [38.5, null, 38.5],
  ['38.5', null, 38.5],
  [-4, null, null],
  ['-4', null, null],
  [1.7e308, null, null],
  ['1e3', null, null],
  ['4.5e-05', null, 0.000045],
  ['9223372036854775807', null, null],
  [Infinity, null, null],
  [NaN, null, null],
  ['', null, null],
  ['many', null, null],
  [true, null, null],
  [null, null, null],
  [[1], null, null],
  [{ a: 1 }, null, null],
])('%j is the count %s and the amount %s', (value, count, amount) => {
  expect([countOf({ key: value }, 'key'), amountOf({ key: value }, 'key')]).toEqual([count, amount])
})

test('only a value that is there and no count is one that was misread', () => {
  const attributes = { a: 'many', b: '12', c: '', d: null, e: -1, f: [3] }
  expect(notCounts(attributes, ['a', 'b', 'c', 'd', 'e', 'f', 'missing'])).toEqual(['a', 'e', 'f'])
})

test('whatever the value, a count is within its bounds', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const count = countOf({ key: value as AttributeValue }, 'key')
      if (count === null) return
      expect(count).toBeGreaterThanOrEqual(0)
      expect(count).toBeLessThanOrEqual(largestCount)
      expect(Number.isInteger(count)).toBe(true)
    }),
  )
})
