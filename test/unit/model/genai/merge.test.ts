import { expect, test } from 'vitest'
import type { GenAiCall, GenAiStep } from '../../../../src/model/genai/facts.ts'
import { mergeTold } from '../../../../src/model/genai/merge.ts'
import { keyOf, type Placed } from '../../../../src/model/genai/requests.ts'
import { noUsage } from '../../../../src/model/genai/told.ts'
import { told } from './told-under-test.ts'

/** Of tellings of one request; both orders of arrival must make the same. */
function merged(...all: readonly Placed[]): { readonly calls: GenAiCall[]; readonly steps: GenAiStep[] } {
  const made = mergeTold(all, () => 'r')
  expect(mergeTold(all.toReversed(), () => 'r')).toEqual(made)
  return made
}

const counted = { ...noUsage, inputTokens: 100, outputTokens: 10 }

test('a span gives the call its place, the richest its figures, and each what the others leave out', () => {
  const span = told('b', {}, { ttftMs: 80, usage: counted })
  const log = told(
    'a',
    { traceId: '', event: 'api_request', startNs: 7n, durationNs: 9n },
    { reportedCostUsd: 0.5, usage: { ...counted, cachedTokens: 60 } },
  )
  expect(merged(span, log).calls).toEqual([
    expect.objectContaining({
      ...{ traceId: 't', spanId: 'b', startNs: 1000n, durationNs: 500n, event: null, ttftMs: 80 },
      ...{ reportedCostUsd: 0.5, inputTokens: 100, cachedTokens: 60, records: [keyOf(log)] },
    }),
  ])
})

test('figures of one record stay together: a part of another whole is not taken', () => {
  const other = { ...noUsage, inputTokens: 90, cachedTokens: 60 }
  const whole = { ...counted, reasoningTokens: 5 }
  expect(merged(told('a', {}, { usage: whole }), told('b', {}, { usage: other })).calls[0]).toMatchObject({
    inputTokens: 100,
    cachedTokens: null,
  })
})

test('a request that any of its records saw answered has not failed', () => {
  const failed = told('a', {}, { status: 'failed', errorType: 'timeout' })
  expect(merged(failed, told('b')).calls[0]).toMatchObject({ status: 'completed', errorType: null })
  const classless = told('b', {}, { status: 'failed', errorType: '_OTHER' })
  expect(merged(failed, classless).calls[0]).toMatchObject({ status: 'failed', errorType: 'timeout' })
})

test('$0 reckoned from no counts is no cost', () => {
  expect(merged(told('a', {}, { reportedCostUsd: 0 })).calls[0]?.reportedCostUsd).toBeNull()
  expect(merged(told('a', {}, { reportedCostUsd: 0, usage: counted })).calls[0]?.reportedCostUsd).toBe(0)
})

test('a log alone says how its request ended; beside a span it does not', () => {
  const log = told('a', { kind: 'detail', durationNs: null }, { status: 'failed', errorType: '429', usage: counted })
  expect(merged(log).calls).toMatchObject([{ status: 'failed', errorType: '429', durationNs: null }])
  expect(merged(log, told('b')).calls).toMatchObject([{ status: 'completed', errorType: null, durationNs: 500n }])
})

test("a tool's log and span with one call id are one tool, which failed where either says so", () => {
  const span = told('a', { kind: 'tool' }, { name: 'Bash', callId: 'c1' })
  const log = { kind: 'tool', traceId: '', event: 'tool_result' } as const
  const failed = { callId: 'c1', status: 'failed', errorType: '_OTHER', summary: 'ls' } as const
  expect(merged(span, told('log', log, failed)).steps).toEqual([
    expect.objectContaining({ spanId: 'a', name: 'Bash', status: 'failed', summary: 'ls' }),
  ])
  expect(merged(span, told('log', log, { ...failed, callId: 'c2' })).steps).toHaveLength(2)
})

test("a prompt's log belongs to the span that it was written in", () => {
  const span = told('a', { kind: 'prompt' })
  const log = { kind: 'prompt', traceId: '', event: 'user_prompt' } as const
  expect(merged(span, told('log', log, { within: 'a', summary: 'hello' })).steps).toEqual([
    expect.objectContaining({ kind: 'prompt', spanId: 'a', summary: 'hello' }),
  ])
  expect(merged(span, told('log', log, { within: 'b' })).steps).toHaveLength(2)
})
