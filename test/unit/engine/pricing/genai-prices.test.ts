import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { calcPrice } from '@pydantic/genai-prices'
import { bundledPrices } from '../../../../src/engine/pricing/genai-prices.ts'
import { priceCall } from '../../../../src/model/pricing/cost.ts'

afterEach(() => vi.unstubAllGlobals())

const after = Date.parse('2026-10-01T12:00:00Z')

test('the version is that of the package', () => {
  const manifest = new URL('../../../../node_modules/@pydantic/genai-prices/package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  expect(bundledPrices.version).toBe(`genai-prices ${version}`)
})

test('a price is that of the day', () => {
  const o3 = (day: string): number | undefined => bundledPrices.find('o3', Date.parse(day))?.input.base
  expect(o3('2025-06-09')).toBe(10)
  expect(o3('2025-06-10')).toBe(2)
  expect(bundledPrices.find('o3', after)?.from).toBe('2025-06-10')
})

test('a model that the package does not know has no price', () => {
  for (const model of ['gpt-6.1-sol', 'mock-model', '', '../x', 'constructor', '__proto__'])
    expect(bundledPrices.find(model, after)).toBeNull()
})

test.each([
  ['gpt-5.5', 5000, 2000],
  ['gpt-5.5', 300_000, 100_000],
  ['gpt-5', 5000, 0],
  ['gpt-5.6', 272_000, 1000],
  ['claude-sonnet-4-5', 250_000, 10],
])('%s with %d tokens costs what the package itself says', (model, input, cached) => {
  const timestamp = new Date(after)
  const theirs = calcPrice({ input_tokens: input, cache_read_tokens: cached, output_tokens: 77 }, model, { timestamp })
  const usage = { model, atMs: after, tier: null, input, cached, cacheWrite: 0, output: 77 }
  expect(priceCall(usage, bundledPrices).receipt?.usd).toBeCloseTo(theirs?.total_price ?? NaN, 10)
})

test('nothing is asked over the network', () => {
  const fetch = vi.fn()
  vi.stubGlobal('fetch', fetch)
  bundledPrices.find('gpt-5.4', after + 3_600_000)
  expect(fetch).not.toHaveBeenCalled()
})
