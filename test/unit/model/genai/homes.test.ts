import { expect, test } from 'vitest'
import { homesOf } from '../../../../src/model/genai/homes.ts'
import { keyOf, requestsOf, type Placed } from '../../../../src/model/genai/requests.ts'
import { told } from './told-under-test.ts'

/** Span → its session, service and trace; both orders of arrival must find the same. */
function homes(...all: readonly Placed[]): Record<string, string> {
  const [forward, reversed] = [all, all.toReversed()].map((given) =>
    Object.fromEntries(
      [...homesOf(given, requestsOf(given))].map(([{ spanId }, { conversation, service, traceId }]) => [
        spanId,
        conversation === null ? traceId : `${conversation} of ${service}`,
      ]),
    ),
  )
  expect(reversed).toEqual(forward)
  return forward ?? {}
}

test('without a conversation the trace is the session', () => {
  expect(homes(told('a'), told('b', { traceId: 'u' }))).toEqual({ a: 't', b: 'u' })
})

test('a telling goes to the conversation that it names, else that the nearest around it names', () => {
  const agent = told('a', { kind: 'agent', conversation: 'one' })
  const inner = told('b', { kind: 'agent', conversation: 'two', above: keyOf(agent) })
  const call = told('c', { above: keyOf(inner) })
  expect(homes(agent, inner, call)).toEqual({ a: 'one of shop', b: 'two of shop', c: 'two of shop' })
})

test('what nothing around it names goes where its trace was named', () => {
  const mention = told('names one', { kind: 'mention', conversation: 'one' })
  expect(homes(mention, told('a'))['a']).toBe('one of shop')
})

test('one conversation id of two services is two sessions', () => {
  const [a, b] = [told('a', { conversation: 'one' }), told('b', { traceId: 'u', conversation: 'one', service: 'hr' })]
  expect(homes(a, b)).toEqual({ a: 'one of shop', b: 'one of hr' })
})

test('what tells of one request stands in one place: the one with a conversation', () => {
  const named = told('b', { traceId: 'u', conversation: 'one' }, { ids: ['r1'] })
  expect(homes(told('a', {}, { ids: ['r1'] }), named)).toEqual({ a: 'one of shop', b: 'one of shop' })
})
