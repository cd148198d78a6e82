import { describe, expect, it } from 'vitest'
import { figure, growth, namedDifferences, sharePairs, signed } from '../../../../src/renderer/views/compare/figures.ts'
import { added } from '../../../../src/renderer/views/exchange/use-redaction-preview.ts'
import { ledger } from '../../../e2e/chromium/fake-views.ts'

describe('figures beside each other', () => {
  it('writes each in its unit, and a dash for what is not known', () => {
    expect([figure('ms', 1200), figure('usd', 0.37), figure('tokens', 18_400), figure('count', 2431)]).toEqual([
      ...['1.2 s', '$0.37', '18.4k', '2,431'],
    ])
    expect(figure('ms', null)).toBe('–')
  })

  it('says what lies between them', () => {
    expect([signed('ms', 1200), signed('count', -3), signed('usd', 0), signed('ms', null)]).toEqual([
      ...['+1.2 s', '−3', '=', ''],
    ])
  })

  it('says by how much the second is larger, where there is a first', () => {
    expect([growth(100, 138), growth(100, 50), growth(100, 100.2), growth(10, 500)]).toEqual([
      ...['+38 %', '−50 %', '+0.2 %', '× 50'],
    ])
    expect([growth(0, 5), growth(null, 5), growth(5, 5)]).toEqual(['', '', ''])
    expect([growth(1000, 996), growth(100, 99.05), growth(1e6, 1e6 + 1)]).toEqual(['−0.4 %', '−1 %', '≈ 0 %'])
  })

  it('has the shares that either side has', () => {
    const unknown = ledger(['model_wait'])
    const pairs = sharePairs(ledger(), unknown)
    expect(pairs.find(({ kind }) => kind === 'model_wait')).toMatchObject({ b: null })
    expect(pairs.some(({ kind }) => kind === 'sandbox_retry')).toBe(false)
  })

  it('calls a share what the legend calls it', () => {
    const same = { unit: 'ms', a: 1, b: 2, delta: 1, weight: 1 } as const
    const named = namedDifferences([
      { name: 'share wait_user', ...same },
      { name: 'wall time', ...same },
    ])
    expect(named.map(({ name }) => name)).toEqual(['waiting for you', 'wall time'])
  })
})

describe('previews of several sessions', () => {
  it('add up, and keep a readable number of examples', () => {
    const one = {
      counts: { prompts: 1, arguments: 2, output: 3, paths: 4, email: 5, secrets: 6 },
      samples: Array.from({ length: 20 }, () => ({ kind: 'paths' as const, before: '/home/ada', after: '~' })),
    }
    const sum = added(one, one)
    expect(sum.counts).toEqual({ prompts: 2, arguments: 4, output: 6, paths: 8, email: 10, secrets: 12 })
    expect(sum.samples).toHaveLength(24)
  })
})
