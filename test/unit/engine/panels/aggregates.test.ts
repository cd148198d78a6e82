import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ranked } from '../../../../src/engine/panels/aggregates.ts'

test('finds of any list what stands at the nearest rank once it is sorted', () => {
  expect(ranked(Int32Array.of(), 95)).toBeNull()
  const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -0x80000000, max: 0x7fffffff }))
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 100 }),
      (list, percent) => {
        const rank = Math.ceil((percent / 100) * list.length) - 1
        expect(ranked(Int32Array.from(list), percent)).toBe([...list].sort((a, b) => a - b)[Math.max(0, rank)])
      },
    ),
  )
})
