import { expect, test } from 'vitest'
import { isBeside, namesCall } from '../../../../src/model/genai/beside.ts'
import type { AppCall } from '../../../../src/model/genai/session.ts'

const ms = 1e6

function call(startMs: number, endMs: number, ids: readonly string[] = []): AppCall {
  return {
    ...{ traceId: '', spanId: `s${startMs}`, parentSpanId: null, start: startMs * ms, end: endMs * ms, isTimed: 1 },
    ...{ event: 'api_request', records: '[]', status: 'completed', operation: 'chat', provider: null, model: 'm' },
    ...{ inputTokens: null, cachedTokens: null, cacheWriteTokens: null, hourWriteTokens: null, outputTokens: null },
    ...{ reasoningTokens: null, ttftMs: null, costUsd: null, reportedCostUsd: null, errorType: null },
    ...{ finishReasons: null, ids: JSON.stringify(ids) },
  }
}

test('a log that names a request is beside its call, whenever it was written', () => {
  const calls = [call(0, 100, ['r1']), call(200, 300, ['r2'])] as const
  const named = { request_id: 'r1', model: 'm' }
  expect(calls.map((one) => isBeside(one, calls, 299 * ms, named))).toEqual([true, false])
})

test('a log that names none is beside the call that begins or ends at its time', () => {
  const calls = [call(0, 100), call(110, 300)] as const
  const beside = (atMs: number, model = 'm'): boolean[] =>
    calls.map((one) => isBeside(one, calls, atMs * ms, { model }))
  expect(beside(101)).toEqual([true, false])
  expect(beside(109)).toEqual([false, true])
  expect(beside(200)).toEqual([false, false])
  expect(beside(101, 'another')).toEqual([false, false])
})

test('between two calls that are as near, it is beside neither', () => {
  const calls = [call(0, 100), call(0, 100.5)] as const
  expect(calls.map((one) => isBeside(one, calls, 0, { model: 'm' }))).toEqual([false, false])
})

test('a log names the call of a tool by any of the names for it', () => {
  expect(namesCall('c', { tool_use_id: 'c' })).toBe(true)
  expect(namesCall('c', { 'gen_ai.tool.call.id': 'c' })).toBe(true)
  expect(namesCall('c', { tool_use_id: 'd' })).toBe(false)
  expect(namesCall(null, {})).toBe(false)
})
