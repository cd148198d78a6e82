import { expect, it } from 'vitest'
import { narrowUsd } from '../../../../src/renderer/format/money.ts'

it('says an amount in seven characters at most, and nothing but zero looks like nothing', () => {
  const amounts = [
    0, 0.000_000_04, 0.000_999, 0.001, 0.0042, 0.037, 0.37, 12.4, 1240, 12_400, 99_999.6, 124_000, 9.96e6,
  ]
  expect(amounts.map(narrowUsd)).toEqual([
    ...['$0.00', '<$0.001', '<$0.001', '$0.0010', '$0.0042', '$0.037', '$0.37', '$12.40', '$1,240', '$12,400'],
    ...['$100k', '$124k', '$10.0M'],
  ])
})
