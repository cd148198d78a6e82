import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskValue, scrub } from '../../../../src/model/forwarding/mask.ts'

test('of a value at most its last two characters are shown, of a short one none', () => {
  expect(maskValue('0123456789abc')).toBe('••••bc')
  expect(maskValue('0123456789ab')).toBe('••••')
  expect(maskValue('x')).toBe('••••')
  fc.assert(
    fc.property(fc.string(), (value) => {
      expect(maskValue(value).length).toBeLessThanOrEqual(6)
    }),
  )
})

test('a secret that a text repeats is taken out, whole or without its scheme', () => {
  const secrets = ['Bearer sesame-open', 'zz']
  expect(scrub('key "Bearer sesame-open" is not known', secrets)).toBe('key "••••" is not known')
  expect(scrub('token sesame-open expired; zz', secrets)).toBe('token •••• expired; zz')
  expect(scrub('all is well', secrets)).toBe('all is well')
})
