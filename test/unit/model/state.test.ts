import { expect, test } from 'vitest'
import { stateOf } from '../../../src/model/session/state.ts'

const silenceMs = 60_000

test.each([
  { end: 'open', quietMs: 60_000, state: 'live' },
  { end: 'open', quietMs: 60_001, state: 'lost' },
  { end: 'idle', quietMs: 1, state: 'live' },
  { end: 'idle', quietMs: 60_001, state: 'done' },
  { end: 'done', quietMs: 0, state: 'done' },
  { end: 'done', quietMs: 999_999, state: 'done' },
  { end: 'interrupted', quietMs: 0, state: 'interrupted' },
  { end: 'interrupted', quietMs: 999_999, state: 'interrupted' },
  { end: 'failed', quietMs: 0, state: 'failed' },
  { end: 'unfinished', quietMs: 0, state: 'lost' },
  { end: 'open', quietMs: -5000, state: 'live' },
])('a session that ends $end and said nothing for $quietMs ms is $state', ({ end, quietMs, state }) => {
  expect(stateOf(end, 1_000_000, 1_000_000 + quietMs, silenceMs)).toBe(state)
})
