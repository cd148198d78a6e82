import { expect, test } from 'vitest'
import { joined, plural, shortCount, shortDuration } from '../../../src/model/tree/words.ts'

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1.0k'],
  [12_345, '12.3k'],
  [99_999, '100.0k'],
  [100_000, '100k'],
  [999_499, '999k'],
  [1_000_000, '1.0M'],
  [2_345_678, '2.3M'],
])('%i tokens are "%s"', (value, words) => {
  expect(shortCount(value)).toBe(words)
})

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 s'],
  [59_940, '59.9 s'],
  [60_000, '1 m 00 s'],
  [61_500, '1 m 02 s'],
  [3_599_900, '1 h 00 m'],
])('%f ms are "%s"', (value, words) => {
  expect(shortDuration(value)).toBe(words)
})

test('nothing is joined to nothing', () => {
  expect(joined(['a', null, false, '', 'b'])).toBe('a · b')
  expect(joined([null, false])).toBe('')
})

test('one is not many', () => {
  expect([plural(1, 'retry'), plural(2, 'retry'), plural(3, 'call')]).toEqual(['1 retry', '2 retries', '3 calls'])
  expect(plural(2, 'earlier day')).toBe('2 earlier days')
})
