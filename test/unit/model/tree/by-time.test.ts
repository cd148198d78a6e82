import { expect, it } from 'vitest'
import { between } from '../../../../src/model/tree/by-time.ts'

const list = [1, 3, 3, 8].map((at) => ({ at }))

it.each([
  [0, 0, []],
  [1, 3, [1, 3, 3]],
  [2, 8, [3, 3, 8]],
  [4, 7, []],
])('finds what lies from %d to %d', (from, to, found) =>
  expect(between(list, from, to).map(({ at }) => at)).toEqual(found),
)

it('finds the rest of the list where there is no end, as below a call that is still open', () => {
  expect(between(list, 3, Infinity).map(({ at }) => at)).toEqual([3, 3, 8])
  expect(between([], 0, Infinity)).toEqual([])
})
