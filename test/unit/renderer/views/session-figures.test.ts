import { expect, it } from 'vitest'
import type { ReceiptsResult } from '../../../../src/contract/receipts.ts'
import { figuresOf } from '../../../../src/renderer/views/session/figures.ts'
import { session } from '../../../e2e/chromium/fake-answers.ts'

it('names the tokens of helpers beside those of the session, which they are not among', () => {
  const tokens = { input: 1000, cached: 500, cacheWrite: 0, output: 20, reasoning: 0 }
  const sum = { calls: 1, unpricedCalls: 0, unreportedCalls: 0, tokens, costUsd: null, reported: null }
  const helped: ReceiptsResult = {
    ...{ label: '', priceVersion: '', total: sum, own: sum, models: [], unpriced: [], calls: [] },
    helpers: { ...sum, tokens: { ...tokens, input: 7000, output: 90 } },
  }
  const of = (receipts: ReceiptsResult | null) =>
    figuresOf(session({ tokens }), 0, receipts).flatMap(({ name, more }) => (/tokens/.test(name) ? [more] : []))
  expect(of(null)).toEqual(['50 % cached', undefined])
  expect(of(helped)).toEqual(['50 % cached, + 7.0k helpers', '+ 90 helpers'])
})

it('says nothing of prompts and tool calls where a copy without them is all that is known', () => {
  const names = (of: object) => figuresOf(session(of), 0).map(({ name }) => name)
  expect(names({ witness: 'file' })).toEqual(expect.arrayContaining(['prompts', 'tool calls']))
  const copy = names({ witness: 'file', copiedIn: 'a fork' }).join()
  expect(copy).toContain('model call')
  expect(copy).not.toMatch(/prompt|tool call/)
})
