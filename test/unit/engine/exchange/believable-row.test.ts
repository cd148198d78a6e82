import { expect, test } from 'vitest'
import { believableRow } from '../../../../src/engine/exchange/believable-row.ts'

const usage = { inputTokens: 9100, cachedTokens: 6400, cacheWriteTokens: 2000, outputTokens: 140, reasoningTokens: 90 }

test('a row of another file is as it was where its figures can be', () => {
  const call = { sessionId: 's', rolloutId: 'r', responseId: 'resp', atMs: 1_790_000_000_000, turnId: null, ...usage }
  expect(believableRow(call)).toEqual(call)
  const tool = {
    callId: 'c',
    runMs: 120.5,
    itemExitCode: -1,
    linesAdded: 3,
    saidLength: null,
    calledMs: 1_790_000_000_000,
  }
  expect(believableRow(tool)).toEqual(tool)
})

test('figures beyond what can be are none, and a part is at most its whole', () => {
  expect(believableRow({ ...usage, cachedTokens: 1e9, reasoningTokens: 1e9 })).toMatchObject({
    cachedTokens: 9100,
    cacheWriteTokens: 0,
    reasoningTokens: 140,
  })
  expect(believableRow({ ...usage, inputTokens: Number.MAX_SAFE_INTEGER })).toMatchObject({
    inputTokens: 0,
    cachedTokens: 0,
  })
  expect(believableRow({ durationMs: -5, ttftMs: 1e15, runMs: 1e300, linesAdded: -7, length: 2 ** 53 - 1 })).toEqual({
    durationMs: null,
    ttftMs: null,
    runMs: null,
    linesAdded: null,
    length: 0,
  })
})
