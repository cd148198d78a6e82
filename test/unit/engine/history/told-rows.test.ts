import { expect, test } from 'vitest'
import { toldBy } from '../../../../src/engine/history/told-rows.ts'
import type { RolloutFact, RolloutTurnContext } from '../../../../src/model/codex/rollout/facts.ts'

const file = { threadId: 'thread', rolloutId: 'file' }
const of = { sessionId: 'thread', turnId: 'turn', rolloutId: 'file' }
const start: RolloutFact = {
  ...of,
  ...{ fact: 'rollout_turn_start', startMs: 1, ordinal: 7, traceId: null, parentTurnId: null, contextWindow: 100 },
}
const end: RolloutFact = {
  ...of,
  ...{ fact: 'rollout_turn_end', endMs: 9, state: 'completed', durationMs: 8, ttftMs: null, error: null },
}

function context(atMs: number, model: string): RolloutTurnContext {
  const policies = { effort: null, approvalPolicy: null, sandboxPolicy: null, folder: '/work' }
  return { ...of, fact: 'rollout_turn_context', atMs, model, ...policies }
}

function told(facts: readonly RolloutFact[]): unknown {
  const gathered = toldBy(file)
  facts.forEach(gathered.add)
  return gathered.take()
}

test('lines of one turn are one row, its key first and once, and of two of a kind the last counts', () => {
  const key = [null, 'turn']
  expect(told([start, context(2, 'a'), context(3, 'b'), end])).toEqual({
    rows: new Map([
      [
        'rollout_turn_start rollout_turn_context rollout_turn_end',
        [[...key, 1, 7, null, null, 100, 3, 'b', null, null, null, '/work', 9, 'completed', 8, null, null]],
      ],
    ]),
    span: { first: 1, last: 9 },
    spawned: [],
    copied: new Map(),
  })
  expect(told([context(2, 'a'), start, context(3, 'b')])).toMatchObject({
    rows: new Map([
      ['rollout_turn_context rollout_turn_start', [[...key, 3, 'b', null, null, null, '/work', 1, 7, null, null, 100]]],
    ]),
  })
})

test('what was taken is not told again', () => {
  const gathered = toldBy(file)
  gathered.add(start)
  gathered.take()
  gathered.add(end)
  expect([...gathered.take().rows.keys()]).toEqual(['rollout_turn_end'])
  expect(gathered.take()).toEqual({ rows: new Map(), span: null, spawned: [], copied: new Map() })
})

test('what a line says of another thread is told beside, as that thread’s own file would have', () => {
  const gathered = toldBy(file)
  gathered.add(start)
  gathered.add({ ...end, sessionId: 'ancestor' })
  const { rows, span, copied } = gathered.take()
  expect([[...rows.keys()], span]).toEqual([['rollout_turn_start'], { first: 1, last: 1 }])
  const theirs = copied.get('ancestor')
  expect([[...(theirs?.rows.keys() ?? [])], theirs?.span]).toEqual([['rollout_turn_end'], { first: 9, last: 9 }])
  expect(gathered.take().copied.size).toBe(0)
})
