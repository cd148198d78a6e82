import { expect, test } from 'vitest'
import { settle, type Turn } from '../../../src/model/codex/settle/index.ts'
import { attempt, call, evidence, ms, tool, turnSpan } from './evidence.ts'

const prompt = (atMs: number) => ({ at: atMs * ms, text: 'do it', witness: 'telemetry' as const })

/** What session files alone tell of a turn. */
const untold = { error: null, failedAlone: false, abandoned: false }

function turnsOf(known: Parameters<typeof evidence>[0]): readonly Turn[] {
  return settle(evidence(known)).turns
}

test('a session that has done nothing has no turn and is idle', () => {
  expect(settle(evidence())).toMatchObject({ turns: [], session: { endState: 'idle', busyNs: 0, openSince: null } })
})

test('before any span arrives a prompt opens a turn', () => {
  expect(turnsOf({ prompts: [prompt(5)], lastAt: 9 * ms })).toEqual([
    {
      turnId: null,
      start: 5 * ms,
      end: null,
      state: 'open',
      promptAt: 5 * ms,
      awayNs: 0,
      witness: 'telemetry',
      ...untold,
    },
  ])
})

test('without any prompt the first activity opens one', () => {
  expect(turnsOf({ attempts: [attempt(7)], lastAt: 9 * ms })).toMatchObject([{ start: 7 * ms, state: 'open' }])
})

test('a span that names the turn takes the prompt before it', () => {
  const mentions = [{ turnId: 't', firstAt: 8 * ms, witness: 'telemetry' as const }]
  expect(turnsOf({ prompts: [prompt(5)], mentions })).toEqual([
    {
      turnId: 't',
      start: 5 * ms,
      end: null,
      state: 'open',
      promptAt: 5 * ms,
      awayNs: 0,
      witness: 'telemetry',
      ...untold,
    },
  ])
})

test('the turn span decides when it comes, and the prompt lies in it', () => {
  const known = {
    prompts: [prompt(5)],
    mentions: [{ turnId: 't', firstAt: 4 * ms, witness: 'telemetry' as const }],
    turnSpans: [turnSpan('t', 4, 20)],
  }
  expect(turnsOf(known)).toEqual([
    {
      turnId: 't',
      start: 4 * ms,
      end: 20 * ms,
      state: 'done',
      promptAt: 5 * ms,
      awayNs: 0,
      witness: 'telemetry',
      ...untold,
    },
  ])
})

test('a prompt that was written down a moment before its turn began opens no other one', () => {
  expect(turnsOf({ turnSpans: [turnSpan('t', 8, 20)], prompts: [prompt(5)] })).toMatchObject([
    { turnId: 't', start: 8 * ms, promptAt: 5 * ms },
  ])
  expect(turnsOf({ turnSpans: [turnSpan('t', 108, 120)], prompts: [prompt(5)] })).toHaveLength(2)
})

test('a turn without token counts was interrupted', () => {
  expect(turnsOf({ turnSpans: [turnSpan('t', 0, 9, null)] })).toMatchObject([{ state: 'interrupted', end: 9 * ms }])
})

test('a turn with an interrupt was interrupted', () => {
  const requests = [{ turnId: 't', method: 'turn/interrupt', requestId: null }]
  expect(turnsOf({ turnSpans: [turnSpan('t', 0, 9)], requests })).toMatchObject([{ state: 'interrupted' }])
})

test('a turn failed alone where neither a request nor a response in it did', () => {
  const failed = { ...turnSpan('t', 10, 20), told: 'failed' as const }
  const later = turnSpan('u', 30, 40)
  const alone = (known: Parameters<typeof evidence>[0]): unknown =>
    turnsOf({ turnSpans: [failed, later], ...known }).map(({ failedAlone }) => failedAlone)
  const refused = { success: false }
  expect(alone({})).toEqual([true, false])
  expect(alone({ attempts: [{ ...attempt(15), ...refused, endpoint: '/models' }, attempt(16)] })).toEqual([true, false])
  expect(alone({ attempts: [{ ...attempt(35), ...refused }] })).toEqual([true, false])
  expect(alone({ attempts: [{ ...attempt(21), ...refused }] })).toEqual([false, false])
  expect(alone({ calls: [{ ...call(15), status: 'failed' }] })).toEqual([false, false])
  expect(alone({ turnSpans: [{ ...failed, told: 'interrupted' }] })).toEqual([false])
})

test('a turn that another follows has ended with the last thing known of it', () => {
  const known = { prompts: [prompt(1), prompt(50)], calls: [call(10), call(60)], tools: [tool('c', { at: 30 * ms })] }
  expect(turnsOf(known)).toMatchObject([
    { start: 1 * ms, end: 30 * ms, state: 'done' },
    { start: 50 * ms, end: null, state: 'open' },
  ])
})

test('a turn whose process has ended without its span was interrupted', () => {
  const spans = [{ kind: 'loop', start: 0, end: 40 * ms }]
  expect(turnsOf({ prompts: [prompt(1)], spans, lastAt: 90 * ms })).toMatchObject([
    { state: 'interrupted', end: 40 * ms },
  ])
})

test('a turn without its span is done when its process ended well, or an answer was its last word', () => {
  const process = [{ kind: 'process', start: 0, end: 40 * ms }]
  expect(turnsOf({ prompts: [prompt(1)], spans: process, lastAt: 30 * ms })).toMatchObject([
    { state: 'done', end: 30 * ms },
  ])
  const loop = [{ kind: 'loop', start: 0, end: 40 * ms }]
  const answered = { prompts: [prompt(1)], calls: [call(20)], spans: loop, lastAt: 30 * ms }
  expect(turnsOf(answered)).toMatchObject([{ state: 'done' }])
  const cutShort = { ...answered, tools: [tool('c', { at: 25 * ms })] }
  expect(turnsOf(cutShort)).toMatchObject([{ state: 'interrupted' }])
})

test('a loop that ended before the turn says nothing of it: the thread was resumed', () => {
  const spans = [{ kind: 'loop', start: 0, end: 40 * ms }]
  expect(turnsOf({ prompts: [prompt(50)], spans, lastAt: 90 * ms })).toMatchObject([{ state: 'open', end: null }])
})

test('without traces an answer that nothing follows ends the turn', () => {
  const logsOnly = { seenSpans: false, prompts: [prompt(1)], lastAt: 25 * ms }
  expect(turnsOf({ ...logsOnly, calls: [call(20)] })).toMatchObject([{ state: 'done', end: 25 * ms }])
  expect(turnsOf({ ...logsOnly, calls: [call(20)], tools: [tool('c', { at: 22 * ms })] })).toMatchObject([
    { state: 'open', end: null },
  ])
  expect(turnsOf({ ...logsOnly, calls: [call(20, { status: 'failed' })] })).toMatchObject([{ state: 'open' }])
})

test('busy time is the time in turns, and an open turn is told by its start', () => {
  const known = { turnSpans: [turnSpan('a', 0, 10), turnSpan('b', 40, 45)], prompts: [prompt(60)] }
  expect(settle(evidence(known)).session).toMatchObject({
    busyNs: 15 * ms,
    openSince: 60 * ms,
    turns: 3,
    endState: 'open',
  })
})

test('calls and tools belong to the turn around them', () => {
  const turnSpans = [turnSpan('a', 0, 10), turnSpan('b', 40, 50)]
  const settled = settle(
    evidence({ turnSpans, calls: [call(5), call(45), call(30)], tools: [tool('c', { at: 44 * ms })] }),
  )
  expect(settled.calls.map(({ turnId }) => turnId)).toEqual(['a', 'b', null])
  expect(settled.tools).toMatchObject([{ turnId: 'b' }])
})

test('a call lasts as long as the sampling that ends with it, and is unknown without', () => {
  const samplings = [
    { start: 1 * ms, end: 5 * ms },
    { start: 20 * ms, end: 31 * ms },
  ]
  const { calls } = settle(evidence({ calls: [call(5), call(32), call(60)], samplings }))
  expect(calls.map(({ durationNs }) => durationNs)).toEqual([4 * ms, 11 * ms, null])
})
