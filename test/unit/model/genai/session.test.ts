import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appSession, type AppCall, type AppStep } from '../../../../src/model/genai/session.ts'
import { settleApp } from '../../../../src/model/genai/settle.ts'

const place = {
  traceId: 't',
  parentSpanId: null,
  start: 0,
  end: 100,
  event: null,
  status: 'completed',
  errorType: null,
  isTimed: 1,
  records: '[]',
}

function call(spanId: string, given: Partial<AppCall> = {}): AppCall {
  const tokens = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, hourWriteTokens: 0, outputTokens: 0 }
  const rest = { operation: 'chat', provider: null, model: 'm', ttftMs: null, finishReasons: null, reasoningTokens: 0 }
  const costs = { costUsd: null, reportedCostUsd: null, ids: '[]' }
  return { ...place, ...tokens, ...rest, ...costs, spanId, ...given }
}

function step(spanId: string, kind: AppStep['kind'], given: Partial<AppStep> = {}): AppStep {
  return { ...place, kind, name: spanId, callId: null, summary: null, spanId, ...given }
}

test('a call stands below the span that it was made in, whatever the times say', () => {
  const agents = [
    step('root', 'agent'),
    step('a', 'agent', { parentSpanId: 'root' }),
    step('b', 'agent', { parentSpanId: 'root' }),
  ]
  const made = call('x', { parentSpanId: 'b', start: 10, end: 20 })
  const { places, turns } = appSession([made], agents)
  expect(places.get(made)).toEqual({ turnId: 'root', parent: agents[2] })
  expect(turns.map(({ turnId }) => turnId)).toEqual(['root'])
})

test('with a span between that is no agent or tool, it stands below the shortest around it', () => {
  const outer = step('outer', 'agent')
  const inner = step('inner', 'agent', { parentSpanId: 'outer', start: 5, end: 50 })
  const made = call('x', { parentSpanId: 'http', start: 10, end: 20 })
  expect(appSession([made], [outer, inner]).places.get(made)?.parent).toBe(inner)
})

test('what follows a prompt is its turn', () => {
  const log = { traceId: '', event: 'e' }
  const prompts = [0, 1000].map((at) => step(`p${at}`, 'prompt', { ...log, start: at, end: at, summary: `at ${at}` }))
  const early = call('early', { ...log, start: 10, end: 300 })
  const late = call('late', { ...log, start: 1100, end: 1500 })
  const { turns } = appSession([late, early], prompts)
  expect(turns.map(({ name, start, end }) => [name, start, end])).toEqual([
    ['at 0', 0, 300],
    ['at 1000', 1000, 1500],
  ])
})

test('time in turns that overlap counts once', () => {
  const agents = [step('a', 'agent', { end: 60 }), step('b', 'agent', { traceId: 'u', start: 40, end: 100 })]
  expect(settleApp(appSession([], agents)).busyNs).toBe(100)
})

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const items = fc.uniqueArray(
  fc.record({
    spanId: ids,
    parentSpanId: fc.option(ids),
    traceId: fc.constantFrom('', 't', 'u'),
    start: fc.nat(20),
    length: fc.nat(20),
    kind: fc.constantFrom('call' as const, 'agent' as const, 'tool' as const, 'prompt' as const),
  }),
  { selector: ({ spanId }) => spanId },
)

test('every call and step has one place, in any order and with rings of parents', () => {
  fc.assert(
    fc.property(items, fc.infiniteStream(fc.nat()), (made, order) => {
      const shuffled = [...made].map((item) => ({ item, at: order.next().value as number })).sort((a, b) => a.at - b.at)
      const read = (of: typeof made): unknown => {
        const all = of.map(({ length, kind, ...item }) =>
          kind === 'call'
            ? call(item.spanId, { ...item, end: item.start + length })
            : step(item.spanId, kind, { ...item, end: item.start + length }),
        )
        const calls = all.filter((item): item is AppCall => 'operation' in item)
        const steps = all.filter((item): item is AppStep => 'kind' in item)
        const { turns, places } = appSession(calls, steps)
        const turnIds = new Set(turns.map(({ turnId }) => turnId))
        for (const item of [...calls, ...steps.filter(({ kind }) => kind === 'tool')])
          expect(turnIds.has(places.get(item)?.turnId ?? '')).toBe(true)
        return {
          turns,
          places: [...places].map(([item, { turnId, parent }]) => [item.spanId, turnId, parent?.spanId]).sort(),
          settled: settleApp({ calls, steps, turns, places }),
        }
      }
      expect(read(shuffled.map(({ item }) => item))).toEqual(read(made))
    }),
  )
})
