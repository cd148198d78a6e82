import fc from 'fast-check'
import { expect, test } from 'vitest'
import { revisionOf } from '../../../src/team/projection/revision.ts'

const schema = fc.nat(255)
const records = fc.nat(2 ** 24 - 1)
const lasted = fc.bigInt(0n, 2n ** 32n - 1n)

test('newer code outdoes more records, and these a longer session', () => {
  fc.assert(
    fc.property(schema, records, lasted, schema, records, lasted, (s1, r1, l1, s2, r2, l2) => {
      const [a, b] = [revisionOf(s1, r1, l1), revisionOf(s2, r2, l2)]
      const order = s1 - s2 || r1 - r2 || Number(l1 - l2)
      expect(Math.sign(Number(a - b))).toBe(Math.sign(order))
    }),
  )
})

test('what is beyond its bits takes none of the next', () => {
  expect(revisionOf(1, 2 ** 30, 2n ** 40n)).toBeLessThan(revisionOf(2, 0, 0n))
  expect(revisionOf(1, 5, -7n)).toBe(revisionOf(1, 5, 0n))
})
