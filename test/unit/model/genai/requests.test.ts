import { expect, test } from 'vitest'
import { keyOf, requestsOf, type Placed } from '../../../../src/model/genai/requests.ts'
import { told } from './told-under-test.ts'

/** The requests, each by the spans that tell of it; both orders of arrival must find the same. */
function requests(...all: readonly Placed[]): string[] {
  const [forward, reversed] = [all, all.toReversed()].map((given) => {
    const groups = new Map<string, string[]>()
    for (const [{ spanId }, request] of requestsOf(given))
      if (request !== null) groups.set(request, [...(groups.get(request) ?? []), spanId])
    return [...groups.values()].map((spans) => spans.sort().join('+')).sort()
  })
  expect(reversed).toEqual(forward)
  return forward ?? []
}

const inside = (one: Placed): Pick<Placed, 'above'> => ({ above: keyOf(one) })

test('two spans with one id of an answer are one request, also in two traces', () => {
  expect(requests(told('a', {}, { ids: ['r1'] }), told('b', { traceId: 'u' }, { ids: ['r1', 'x'] }))).toEqual(['a+b'])
})

test('two ids, and one id in two services, are two requests', () => {
  expect(requests(told('a', {}, { ids: ['r1'] }), told('b', {}, { ids: ['r2'] }))).toEqual(['a', 'b'])
  expect(requests(told('a', {}, { ids: ['r1'] }), told('b', { service: 'search' }, { ids: ['r1'] }))).toEqual([
    'a',
    'b',
  ])
})

test('a call inside a call is the same request, and two beside one another are two', () => {
  const outer = told('a')
  expect(requests(outer, told('b', inside(outer)))).toEqual(['a+b'])
  expect(requests(told('a'), told('b'))).toEqual(['a', 'b'])
})

test('a call that sums up several answered ones tells of none of them', () => {
  const outer = told('a')
  expect(requests(outer, told('b', inside(outer)), told('c', inside(outer)))).toEqual(['b', 'c'])
})

test('of tries inside a call the answered one is its request', () => {
  const outer = told('a')
  const failed = told('b', inside(outer), { status: 'failed' })
  expect(requests(outer, failed, told('c', inside(outer)))).toEqual(['a+c', 'b'])
})

test('what an agent or tool inside a call asks is a request of its own', () => {
  const outer = told('a')
  const tool = told('b', { kind: 'tool', ...inside(outer) })
  expect(requests(outer, tool, told('c', inside(tool)))).toEqual(['a', 'c'])
})

test('a model with counts and no word of what it is counts where no call lies below it', () => {
  const guess = told('a', { kind: 'guess' })
  expect(requests(guess)).toEqual(['a'])
  expect(requests(guess, told('b', inside(guess)))).toEqual(['b'])
})

test('details belong to the call whose span they name, and to none without it', () => {
  const detail = told('a log', { kind: 'detail', parentSpanId: 'a' })
  expect(requests(detail, told('a'))).toEqual(['a+a log'])
  expect(requests(detail)).toEqual([])
})

test('a log that tells a whole request is one where no span of its trace tells any', () => {
  const event = 'gen_ai.client.inference.operation.details'
  const log = told('b log', { kind: 'detail', parentSpanId: 'b', event })
  expect(requests(log)).toEqual(['b log'])
  expect(requests(log, told('b'))).toEqual(['b+b log'])
  expect(requests(log, told('elsewhere'))).toEqual(['elsewhere'])
  const [one, other] = [{ ids: ['r1'] }, { ids: ['r2'] }]
  const alone = told('log 1', { kind: 'detail', traceId: '', event }, one)
  expect(requests(alone, told('log 2', { kind: 'detail', traceId: '', event }, other))).toEqual(['log 1', 'log 2'])
  expect(requests(alone, told('a', {}, one))).toEqual(['a+log 1'])
})
