import { describe, expect, it } from 'vitest'
import { bytes, compact, counted, exact, percent, rate } from '../../../../src/renderer/format/number.ts'

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [8_914, '8.9k'],
    [18_400, '18.4k'],
    [412_310, '412k'],
    [999_950, '1.0M'],
    [18_400_000, '18.4M'],
    [2_500_000_000, '2.5B'],
  ])('shortens %d to %s', (value, text) => expect(compact(value)).toBe(text))

  it('keeps every digit where that is asked for', () => expect(exact(1_234_567)).toBe('1,234,567'))

  it.each([
    [91, 100, '91 %'],
    [1, 1000, '<1 %'],
    [9_999, 10_000, '>99 %'],
    [0, 10, '0 %'],
    [10, 10, '100 %'],
    [0, 0, ''],
  ])('gives %d of %d as "%s", never a false none or all', (part, whole, text) =>
    expect(percent(part, whole)).toBe(text),
  )

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1_048_575, '1.0 MiB'],
    [39_733_248, '37.9 MiB'],
  ])('measures %d bytes as %s', (value, text) => expect(bytes(value)).toBe(text))

  it('gives rates the precision that their size deserves', () => {
    expect([0, 0.42, 3.24, 214.4].map(rate)).toEqual(['0', '0.4', '3.2', '214'])
  })

  it('counts one thing and many', () => {
    expect(counted(1, 'span')).toBe('1 span')
    expect(counted(2_431, 'span')).toBe('2,431 spans')
    expect(counted(2, 'match', 'matches')).toBe('2 matches')
  })
})
