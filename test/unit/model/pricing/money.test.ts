import { describe, expect, it } from 'vitest'
import { exactUsd, usd } from '../../../../src/model/pricing/money.ts'

describe('an amount of money', () => {
  it.each([
    [0, '$0.00'],
    [0.000_000_2, '<$0.000001'],
    [0.000_36, '$0.00036'],
    [0.0042, '$0.0042'],
    [0.037, '$0.037'],
    [0.0996, '$0.10'],
    [0.374, '$0.37'],
    [12.4, '$12.40'],
    [999.6, '$1,000'],
    [1240.2, '$1,240'],
    [1_234_567.8, '$1,234,568'],
    [123_456_789, '$123,456,789'],
    [-0.37, '−$0.37'],
  ])('%f reads %s', (value, words) => expect(usd(value)).toBe(words))

  it('has every digit in a tooltip', () => expect(exactUsd(0.031544)).toBe('$0.031544'))
})
