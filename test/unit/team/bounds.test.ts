import { expect, test } from 'vitest'
import { boundsOf, madeAtNs } from '../../../src/team/records/bounds.ts'

test('a conversation is looked for from a day before it was made, which its id tells, for clocks are set back', () => {
  const [early, late] = ['019ad000-0000-7000-8000-000000000000', '019ad100-0000-7000-8000-000000000000']
  expect(madeAtNs(early)).toBe(0x019ad0000000n * 1_000_000n)
  expect(boundsOf([late, early]).fromNs).toBe(0x019ad0000000n * 1_000_000n - 86_400_000_000_000n)
})

test('an id that tells no time bounds nothing', () => {
  expect(madeAtNs('a83c1f6e-7a0c-4c6f-9d8e-3b1f2a4c5d6e')).toBeNull()
  expect(boundsOf(['my-own-name', '019ad100-0000-7000-8000-000000000000']).fromNs).toBe(0n)
})
