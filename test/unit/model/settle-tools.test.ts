import { expect, test } from 'vitest'
import { settle } from '../../../src/model/codex/settle/index.ts'
import { evidence, ms, tool } from './evidence.ts'

function toolsOf(known: Parameters<typeof evidence>[0]): Map<string, { parentCallId: string | null; role: string }> {
  return new Map(settle(evidence(known)).tools.map((settled) => [settled.callId, settled]))
}

const wrapper = (callId: string, endMs: number, durationMs: number) =>
  tool(callId, { tool: 'exec', at: endMs * ms, durationMs, success: true })
const nested = (callId: string, endMs: number, durationMs: number, known: Parameters<typeof tool>[1] = {}) =>
  tool(callId, { at: endMs * ms, durationMs, source: 'code_mode', ...known })

test('a nested call lies below the call whose cell its trace names, whatever the times say', () => {
  const tools = [wrapper('w1', 100, 100), wrapper('w2', 300, 100), nested('n', 50, 10, { traceId: 'trace' })]
  const settled = toolsOf({ tools, cells: new Map([['cell', 'w2']]), callbacks: new Map([['trace', 'cell']]) })
  expect(settled.get('n')).toMatchObject({ parentCallId: 'w2', role: 'call' })
  expect(settled.get('w1')).toMatchObject({ parentCallId: null, role: 'wrapper' })
})

test('without traces it lies below the shortest wrapper around it in time', () => {
  const tools = [wrapper('long', 1000, 1000), wrapper('short', 400, 200), nested('exec-n', 350, 100, { source: null })]
  expect(toolsOf({ tools }).get('exec-n')).toMatchObject({ parentCallId: 'short' })
})

test('durations are whole milliseconds: a start a millisecond early still lies within', () => {
  const tools = [wrapper('w', 400, 200), nested('n', 399, 200)]
  expect(toolsOf({ tools }).get('n')).toMatchObject({ parentCallId: 'w' })
})

test('a nested call that no wrapper surrounds has none', () => {
  const tools = [wrapper('w', 400, 200), nested('after', 500, 10), nested('before', 150, 10)]
  const settled = toolsOf({ tools })
  expect(settled.get('after')).toMatchObject({ parentCallId: null })
  expect(settled.get('before')).toMatchObject({ parentCallId: null })
})

test('a call whose span says that it is direct is not nested, whatever its id', () => {
  const tools = [wrapper('w', 400, 200), tool('exec-odd', { at: 350 * ms, durationMs: 10, source: 'direct' })]
  expect(toolsOf({ tools }).get('exec-odd')).toMatchObject({ parentCallId: null, role: 'call' })
})

test("a nested tool named like the wrapper is a call of the script's", () => {
  const tools = [wrapper('w', 400, 200), nested('n', 350, 10, { tool: 'exec' })]
  expect(toolsOf({ tools }).get('n')).toMatchObject({ parentCallId: 'w', role: 'call' })
})
