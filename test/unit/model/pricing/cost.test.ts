import { expect, test } from 'vitest'
import { priceCall, type Usage } from '../../../../src/model/pricing/cost.ts'
import { withOverrides, type Price, type PriceList } from '../../../../src/model/pricing/price.ts'
import { sumCosts, unpricedGroups } from '../../../../src/model/pricing/sums.ts'

const flat = (base: number): Price['input'] => ({ base, tiers: [] })
const price: Price = {
  provider: 'openai',
  model: 'gpt-5.4',
  from: '2026-01-01',
  input: { base: 2.5, tiers: [{ above: 272_000, rate: 5 }] },
  cached: { base: 0.25, tiers: [{ above: 272_000, rate: 0.5 }] },
  cacheWrite: flat(3),
  output: { base: 15, tiers: [{ above: 272_000, rate: 22.5 }] },
}
const list: PriceList = { version: 'test', find: (model) => (model === 'gpt-5.4' ? price : null) }
const usage: Usage = {
  model: 'gpt-5.4',
  atMs: 0,
  tier: null,
  input: 100_000,
  cached: 60_000,
  cacheWrite: 10_000,
  output: 2000,
}

test('cached input, cache writes and output have their own prices', () => {
  // 30,000 x 2.5 + 60,000 x 0.25 + 10,000 x 3 + 2,000 x 15 dollars a million
  expect(priceCall(usage, list).receipt?.usd).toBeCloseTo(0.075 + 0.015 + 0.03 + 0.03, 12)
})

test('the threshold of long contexts is that request’s whole input, and then counts for all of it', () => {
  const below = priceCall({ ...usage, input: 272_000, cached: 0, cacheWrite: 0 }, list).receipt
  expect(below).toMatchObject({ longContext: false, usd: 0.68 + 0.03 })
  const above = priceCall({ ...usage, input: 272_001, cached: 272_000, cacheWrite: 0 }, list).receipt
  expect(above?.longContext).toBe(true)
  expect(above?.usd).toBeCloseTo(0.000005 + 0.136 + 0.045, 12)
})

test('a list without a price for cached input bills it like other input', () => {
  const uncached: PriceList = { version: 'test', find: () => ({ ...price, cached: null, cacheWrite: null }) }
  expect(priceCall(usage, uncached).receipt?.usd).toBeCloseTo(0.25 + 0.03, 12)
})

test.each([
  [null, 1],
  ['default', 1],
  ['flex', 0.5],
  ['priority', 2],
])('service tier %s multiplies by %d', (tier, factor) => {
  expect(priceCall({ ...usage, tier }, list).receipt).toMatchObject({ tierFactor: factor })
  expect(priceCall({ ...usage, tier }, list).receipt?.usd).toBeCloseTo(0.15 * factor, 12)
})

test('what has no known price has no cost, and the reason is told', () => {
  expect(priceCall({ ...usage, model: 'gpt-6.1-sol' }, list)).toEqual({ receipt: null, unpriced: 'unknown_model' })
  expect(priceCall({ ...usage, model: null }, list)).toEqual({ receipt: null, unpriced: 'no_model' })
  expect(priceCall({ ...usage, tier: 'scale' }, list)).toEqual({ receipt: null, unpriced: 'unknown_tier' })
  expect(priceCall({ ...usage, tier: 'priority', input: 300_000 }, list).unpriced).toBe('unknown_tier')
})

test('a user’s price stands before the list’s', () => {
  const own = withOverrides(list, new Map([['gpt-6.1-sol', { ...price, model: 'gpt-6.1-sol', output: flat(100) }]]))
  expect(priceCall({ ...usage, model: 'gpt-6.1-sol' }, own).receipt?.usd).toBeCloseTo(0.12 + 0.2, 12)
  expect(priceCall(usage, own).receipt?.usd).toBeCloseTo(0.15, 12)
})

test('a sum is of what is priced, and null where nothing is', () => {
  const tokens = { input: 1, cached: 0, cacheWrite: 0, output: 2, reasoning: 1 }
  const priced = { model: 'a', tier: null, tokens, costUsd: 0.5, reportedCostUsd: null, unpriced: null }
  const unknown = { ...priced, model: 'b', costUsd: null, unpriced: 'unknown_model' as const }
  expect(sumCosts([priced, priced, unknown])).toMatchObject({ calls: 3, unpricedCalls: 1, costUsd: 1 })
  expect(sumCosts([priced, unknown]).tokens).toEqual({ input: 2, cached: 0, cacheWrite: 0, output: 4, reasoning: 2 })
  expect(sumCosts([unknown]).costUsd).toBeNull()
  expect(unpricedGroups([unknown, priced, unknown])).toEqual([
    { model: 'b', tier: null, reason: 'unknown_model', calls: 2 },
  ])
})
