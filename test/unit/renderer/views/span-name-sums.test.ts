import { expect, it } from 'vitest'
import { addedUp, sortedSums } from '../../../../src/renderer/views/explore/spans/name-sums.ts'

it('adds the steps up by name, and sorts them by any column', () => {
  const first = [{ name: 'auth', count: 2, ms: 30, longestMs: 20 }]
  const sums = addedUp(first, [
    { name: 'auth', count: 1, ms: 25, longestMs: 25 },
    { name: 'exec', count: 9, ms: 10, longestMs: 2 },
  ])
  expect(sums).toEqual([
    { name: 'auth', count: 3, ms: 55, longestMs: 25 },
    { name: 'exec', count: 9, ms: 10, longestMs: 2 },
  ])
  expect(sortedSums(sums, { column: 'count', descending: true }).map(({ name }) => name)).toEqual(['exec', 'auth'])
  expect(sortedSums(sums, { column: 'ms', descending: true }).map(({ name }) => name)).toEqual(['auth', 'exec'])
})
