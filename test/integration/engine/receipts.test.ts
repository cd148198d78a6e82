import { expect, test } from 'vitest'
import { captureNames } from '../../captures.ts'
import { withCaptures } from './stored-captures.ts'

// gpt-5.5: $5 a million tokens of input, $0.50 cached, $30 output.
test('each call’s receipt is its tokens times the rates of its price row', () =>
  withCaptures(['06_slow'], ({ reader, user }) => {
    const { calls, total, label, priceVersion } = reader['session.receipts']({ id: user })
    expect(label).toBe('API-equivalent estimate')
    expect(priceVersion).toMatch(/^genai-prices \d/)
    expect(calls[0]).toMatchObject({
      turn: 1,
      model: 'gpt-5.5',
      price: { provider: 'openai', model: 'gpt-5.5', longContext: false, tierFactor: 1 },
      unpriced: null,
    })
    for (const { tokens, costUsd, lines } of calls) {
      const uncached = tokens.input - tokens.cached
      expect(costUsd).toBeCloseTo((uncached * 5 + tokens.cached * 0.5 + tokens.output * 30) / 1e6, 12)
      expect(lines.map(({ kind, perMillion }) => [kind, perMillion])).toEqual([
        ['input', 5],
        ['cached', 0.5],
        ['output', 30],
      ])
    }
    expect(total.costUsd).toBeCloseTo(
      calls.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
      12,
    )
  }))

test('the helpers’ calls are there, and summed apart', () =>
  withCaptures(['16_tui'], ({ reader, user }) => {
    const { own, helpers, total, models } = reader['session.receipts']({ id: user })
    expect([own.calls, helpers.calls, total.calls]).toEqual([7, 10, 17])
    expect(own.costUsd).toBeCloseTo(0.0925, 10)
    expect((own.costUsd ?? 0) + (helpers.costUsd ?? 0)).toBeCloseTo(total.costUsd ?? NaN, 10)
    expect(models).toMatchObject([{ model: 'gpt-5.5', calls: 17 }])
  }))

test('a model without a price is listed, and costs nothing known rather than nothing', () =>
  withCaptures(['01_code_multi'], ({ reader, user }) => {
    const { total, calls, unpriced, models } = reader['session.receipts']({ id: user })
    expect(total).toMatchObject({ calls: 7, unpricedCalls: 7, costUsd: null })
    expect(calls.every(({ costUsd, price, lines }) => costUsd === null && price === null && lines.length === 0)).toBe(
      true,
    )
    expect(unpriced).toEqual([{ model: 'gpt-6.1-sol', tier: null, reason: 'unknown_model', calls: 7 }])
    expect(models).toMatchObject([{ model: 'gpt-6.1-sol', costUsd: null }])
    const summary = reader['session.get']({ id: user })
    expect([summary.costUsd, summary.unpricedCalls]).toEqual([null, 7])
  }))

test.each(captureNames)('%s: the list of sessions says what the receipts say', (name) =>
  withCaptures([name], ({ reader, user, helpers }) => {
    for (const id of [user, ...helpers]) {
      const { own } = reader['session.receipts']({ id })
      const { costUsd, unpricedCalls, apiCalls, tokens } = reader['session.get']({ id })
      expect(unpricedCalls).toBe(own.unpricedCalls)
      expect(own.calls).toBe(apiCalls)
      expect(own.tokens).toEqual(tokens)
      if (own.costUsd === null) expect(costUsd).toBeNull()
      else expect(costUsd).toBeCloseTo(own.costUsd, 10)
    }
  }),
)
