import { describe, expect, test } from 'vitest'
import { settle, type SettledSession } from '../../../src/model/codex/settle/index.ts'
import { attempt, call, evidence, ms, tool, turnSpan } from './evidence.ts'

function sessionOf(known: Parameters<typeof evidence>[0]): SettledSession {
  return settle(evidence(known)).session
}

describe('who started a session', () => {
  const titlePrompt = 'Generate a concise, single-line task title of 36 characters.\nUser prompt:\nfix the cart'

  test('a person, unless something else is known', () => {
    expect(sessionOf({ prompts: [{ at: 0, text: ' fix\n the  cart ', witness: 'telemetry' }] })).toMatchObject({
      kind: 'user',
      title: 'fix the cart',
    })
  })

  test('its parent, where it was spawned', () => {
    const spawn = { parentId: 'p', at: 0, message: 'check the API' }
    expect(sessionOf({ spawn })).toMatchObject({ kind: 'subagent', parentId: 'p', title: 'check the API' })
  })

  test('some parent, where only its path tells', () => {
    const tools = [tool('c', { at: 0, agent: '/root/child' })]
    expect(sessionOf({ tools })).toMatchObject({ kind: 'subagent', parentId: null })
  })

  test('the reviewed session, for a reviewer', () => {
    expect(sessionOf({ review: { parentId: 'p', callId: 'c' } })).toMatchObject({
      ...{ kind: 'guardian', parentId: 'p', parentCallId: 'c', title: 'Approval review' },
    })
    expect(
      sessionOf({ prompts: [{ at: 0, text: 'text >>> APPROVAL REQUEST START text', witness: 'telemetry' }] }),
    ).toMatchObject({
      ...{ kind: 'guardian', parentId: null },
    })
  })

  test('nobody else, for a session that is itself reviewed', () => {
    expect(sessionOf({ review: { parentId: 's', callId: 'c' } })).toMatchObject({ kind: 'user', parentId: null })
  })

  test('the session whose prompt it quotes, for a title, though another is nearer', () => {
    const neighbours = [
      { sessionId: 'near', at: 1 * ms, text: 'something else' },
      { sessionId: 'quoted', at: -900 * ms, text: 'fix the cart' },
    ]
    expect(sessionOf({ prompts: [{ at: 0, text: titlePrompt, witness: 'telemetry' }], neighbours })).toMatchObject({
      ...{ kind: 'title', parentId: 'quoted', title: 'fix the cart' },
    })
  })

  test('the nearest session, for a title whose prompt is redacted', () => {
    const requests = [{ turnId: 't', method: 'turn/start', requestId: 'temporary-structured-turn-1' }]
    const neighbours = [
      { sessionId: 'far', at: -900 * ms, text: null },
      { sessionId: 'near', at: -20 * ms, text: null },
    ]
    expect(sessionOf({ prompts: [{ at: 0, text: null, witness: 'telemetry' }], requests, neighbours })).toMatchObject({
      ...{ kind: 'title', parentId: 'near', title: null },
    })
    expect(sessionOf({ requests })).toMatchObject({ kind: 'title', parentId: null })
  })
})

test('a long prompt is cut to a headline', () => {
  const { title } = sessionOf({ prompts: [{ at: 0, text: 'word '.repeat(100), witness: 'telemetry' }] })
  expect(title).toHaveLength(160)
  expect(title?.endsWith('…')).toBe(true)
})

test('tokens are those of completed responses alone', () => {
  const calls = [call(1), call(2, { status: 'failed', input: 99 }), call(3, { model: 'other' })]
  expect(sessionOf({ calls })).toMatchObject({
    ...{ apiCalls: 2, failedApiCalls: 1, models: ['m', 'other'], model: 'other' },
    tokens: { input: 20, cached: 8, cacheWrite: 0, output: 10, reasoning: 4 },
  })
})

test('model and settings come from the latest response, else from the latest start', () => {
  const start = { model: 'started', effort: 'high', approvalPolicy: 'never', sandboxPolicy: 'read-only' }
  const starts = [
    { at: 9, ...start },
    { at: 1, ...start, model: 'first', approvalPolicy: 'on-request' },
  ]
  expect(sessionOf({ starts })).toMatchObject({ model: 'started', effort: 'high', approvalPolicy: 'never', models: [] })
  expect(sessionOf({ starts, calls: [call(5, { effort: 'low' })] })).toMatchObject({ model: 'm', effort: 'low' })
})

test('the folder is that of the earliest round', () => {
  const folders = [
    { start: 5, folder: '/later' },
    { start: 1, folder: '/first' },
  ]
  expect(sessionOf({ folders })).toMatchObject({ folder: '/first' })
})

test('a broken stream writes two records and is one error', () => {
  const failed = (at: number) => call(at, { status: 'failed' })
  const calls = [failed(100), failed(100.1), failed(500), failed(500.3), failed(900)]
  expect(sessionOf({ calls })).toMatchObject({ failedApiCalls: 5, errors: 3 })
})

test('three broken records within a moment are two errors: a pair and the next', () => {
  const calls = [100, 100.1, 100.2].map((at) => call(at, { status: 'failed' }))
  expect(sessionOf({ calls })).toMatchObject({ errors: 2 })
})

describe('retries', () => {
  test('are the requests beyond the first of each response', () => {
    const attempts = [attempt(1, { success: false }), attempt(2, { success: false }), attempt(3), attempt(20)]
    const known = { turnSpans: [turnSpan('t', 0, 50)], attempts, calls: [call(10), call(30)] }
    expect(sessionOf(known)).toMatchObject({ retries: 2, errors: 2 })
  })

  test('do not reach from one turn into the next', () => {
    const turnSpans = [turnSpan('a', 0, 10, null), turnSpan('b', 20, 30)]
    expect(sessionOf({ turnSpans, attempts: [attempt(5), attempt(25)], calls: [call(28)] })).toMatchObject({
      retries: 0,
    })
  })

  test('are neither connections nor the list of models', () => {
    const attempts = [attempt(1, { kind: 'ws_connect' }), attempt(2, { endpoint: '/models' }), attempt(3)]
    expect(sessionOf({ attempts, calls: [call(9)] })).toMatchObject({ retries: 0 })
  })

  test('begin after the prompt: what came before it only warmed up the connection', () => {
    const attempts = [attempt(1, { kind: 'ws_request' }), attempt(3, { kind: 'ws_request' })]
    const turnSpans = [turnSpan('t', 0, 50)]
    expect(
      sessionOf({ turnSpans, attempts, prompts: [{ at: 2 * ms, text: null, witness: 'telemetry' }], calls: [call(9)] }),
    ).toMatchObject({
      retries: 0,
    })
    expect(sessionOf({ turnSpans, attempts, calls: [call(9)] })).toMatchObject({ retries: 1 })
  })
})

test('tools are counted by what became of them', () => {
  const tools = [
    tool('ok', { at: 1, success: true, exitCode: 0 }),
    tool('exit', { at: 2, success: true, exitCode: 3 }),
    tool('failed', { at: 3, success: false }),
    tool('cancelled', { spanStart: 1, spanEnd: 2, aborted: true }),
    tool('running', { spanStart: null }),
    tool('wrapper', { at: 4, tool: 'exec', success: true }),
    tool('exec-nested', { at: 3, success: true }),
  ]
  expect(sessionOf({ tools })).toMatchObject({
    ...{ toolCalls: 4, failedToolCalls: 1, wrapperCalls: 1, cancelledToolCalls: 1, nonZeroExits: 1, errors: 1 },
  })
})
