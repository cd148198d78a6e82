import { expect, it } from 'vitest'
import { amount, sentence } from '../../../../src/model/alerts/words.ts'

it('an amount is told in the precision that it needs, below a cent too', () => {
  expect(amount('usd', 0.004)).toBe('$0.0040')
  expect(amount('usd', 5)).toBe('$5.00')
  expect(amount('tokens', 12_345)).toBe('12.3k tokens')
  expect(sentence({ kind: 'budget', measure: 'usd', limit: 0.001, per: 'day' })).toBe('More than $0.0010 in a day')
})
