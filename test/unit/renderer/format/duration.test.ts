import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duration, exactDuration } from '../../../../src/renderer/format/duration.ts'

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [0.0004, '0.4 µs'],
    [0.004, '4 µs'],
    [0.04, '40 µs'],
    [0.4, '400 µs'],
    [9.94, '9.9 ms'],
    [340.4, '340 ms'],
    [1_240, '1.2 s'],
    [48_200, '48.2 s'],
    [664_213, '11 m 04 s'],
    [161_000, '2 m 41 s'],
    [4_320_000, '1 h 12 m'],
    [183_600_000, '2 d 03 h'],
    [-1_240, '−1.2 s'],
  ])('shows %d ms as %s', (ms, text) => expect(duration(ms)).toBe(text))

  it.each([
    [0.9996, '1.0 ms'],
    [999.6, '1.0 s'],
    [59_970, '1 m 00 s'],
    [3_599_700, '1 h 00 m'],
    [86_399_000, '1 d 00 h'],
  ])('takes the next unit where rounding reaches it: %d ms is %s', (ms, text) => expect(duration(ms)).toBe(text))

  it('never shows 60 seconds or 60 minutes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (ms) => {
        expect(duration(ms)).not.toMatch(/\b60(?:\.0)? (?:s|m)$|\b24 h$|1000 (?:ms|µs)/)
      }),
    )
  })

  it('keeps the exact value for the tooltip', () => expect(exactDuration(664_213.4)).toBe('664.2134 s'))
})
