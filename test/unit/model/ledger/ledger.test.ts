import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ledgerOf, type Ledger, type Shares } from '../../../../src/model/ledger/ledger.ts'
import { treeFacts } from '../random-tree.ts'
import { call, decision, ms, request, session, tool, turn } from './facts.ts'

/** The shares that are not 0, in milliseconds. */
function shown(shares: Shares): Record<string, number | null> {
  return Object.fromEntries(
    [...shares].flatMap(([kind, ns]) => (ns === 0 ? [] : [[kind, ns === null ? null : ns / ms]])),
  )
}

function sumOf(shares: Shares): number {
  return [...shares.values()].reduce<number>((sum, ns) => sum + (ns ?? 0), 0)
}

function expectExact(ledger: Ledger): void {
  for (const { start, end, shares } of [ledger, ...ledger.turns]) {
    expect(sumOf(shares)).toBe(end - start)
    for (const ns of shares.values()) expect(ns ?? 0).toBeGreaterThanOrEqual(0)
  }
}

test('whatever the facts, the shares of the session and of each turn add up to their wall time', () => {
  fc.assert(
    fc.property(treeFacts, fc.integer({ min: 0, max: 20_000_000_000 }), (facts, now) => {
      for (const one of facts.sessions) expectExact(ledgerOf(one, now))
    }),
  )
})

test('turns that follow each other and the time between them are the session', () => {
  const turns = [turn(1, 1000, 3000), turn(2, 4000, 9000)]
  const ledger = ledgerOf(session({ turns, tools: [tool('a', 1500, 2000), tool('b', 5000, 8000)] }), 0)
  expect(shown(ledger.shares)).toEqual({ tool_run: 3500, unaccounted: 1000 + 1500 + 2000, between_turns: 2000 })
  expect(ledger.turns.map(({ shares }) => shown(shares))).toEqual([
    { tool_run: 500, unaccounted: 1500 },
    { tool_run: 3000, unaccounted: 2000 },
  ])
})

describe('when several things happen at once', () => {
  test('parallel tools count once', () => {
    const tools = [tool('a', 1000, 5000), tool('b', 2000, 6000), tool('c', 4000, 4500)]
    expect(shown(ledgerOf(session({ tools }), 0).shares)).toEqual({ tool_run: 5000, unaccounted: 5000 })
  })

  test('waiting for you counts only while nothing else goes on', () => {
    const tools = [tool('asks', 1000, 6000), tool('runs', 2000, 3000)]
    const { shares } = ledgerOf(session({ tools, decisions: [decision('asks', 5000, 'User')] }), 0)
    expect(shown(shares)).toEqual({ wait_user: 3000, tool_run: 2000, unaccounted: 5000 })
  })

  test('a tool that runs while the response still streams is running', () => {
    const streaming = session({
      calls: [call(4000, { ttftMs: 500 })],
      attempts: [request(1500)],
      samplings: [{ start: 1000 * ms, end: 4000 * ms }],
      tools: [tool('early', 3000, 6000)],
    })
    const shares = { model_wait: 1000, model_stream: 1000, tool_run: 3000, unaccounted: 5000 }
    expect(shown(ledgerOf(streaming, 0).shares)).toEqual(shares)
  })

  test('a script does not run while the calls that it made wait for a decision', () => {
    const tools = [
      tool('script', 1000, 9000, { tool: 'exec' }),
      tool('exec-1', 2000, 7000, { parentCallId: 'script' }),
      tool('exec-2', 3000, 4000, { parentCallId: 'script' }),
    ]
    const { shares } = ledgerOf(session({ tools, decisions: [decision('exec-1', 6000, 'user')] }), 0)
    expect(shown(shares)).toEqual({ tool_run: 5000, wait_user: 3000, unaccounted: 2000 })
  })

  test('the reviewer is waited for before the user', () => {
    const tools = [tool('a', 1000, 4000), tool('b', 2000, 6000)]
    const decisions = [decision('a', 4000, 'AutomatedReviewer'), decision('b', 6000, 'User')]
    const { shares } = ledgerOf(session({ tools, decisions }), 0)
    expect(shown(shares)).toEqual({ wait_reviewer: 3000, wait_user: 2000, unaccounted: 5000 })
  })
})

test('an approval that was cancelled was a wait to its end', () => {
  const aborted = tool('a', 1000, 4000, { at: null, durationMs: null, success: null, aborted: true })
  expect(shown(ledgerOf(session({ tools: [aborted] }), 0).shares)).toEqual({ wait_user: 3000, unaccounted: 7000 })
})

test('a run that the sandbox broke off is not the tool running, nor the wait that follows it', () => {
  const decisions = [decision('a', 1200, 'Config'), decision('a', 5000, 'User')]
  const runs = new Map([['a', 800 * ms]])
  const { shares } = ledgerOf(session({ tools: [tool('a', 1000, 7000)], decisions }), 0, runs)
  expect(shown(shares)).toEqual({ wait_user: 200 + 3000, sandbox_retry: 800, tool_run: 2000, unaccounted: 4000 })
  const alone = ledgerOf(session({ tools: [tool('a', 1000, 7000)], decisions: decisions.slice(0, 1) }), 0, runs)
  expect(shown(alone.shares)).toEqual({ sandbox_retry: 800, tool_run: 5200, unaccounted: 4000 })
})

test('failed tries and the pauses behind them are retries', () => {
  const failing = session({
    calls: [call(6000, { ttftMs: 1000 })],
    attempts: [
      request(2000, { success: false, statusCode: 429, error: 'http 429' }),
      request(5000, { durationMs: 500 }),
    ],
    samplings: [
      { start: 1000 * ms, end: 2000 * ms },
      { start: 4000 * ms, end: 6000 * ms },
    ],
  })
  expect(shown(ledgerOf(failing, 0).shares)).toEqual({ retry: 3000, model_wait: 2000, unaccounted: 5000 })
})

describe('without traces', () => {
  const logsOnly = session({
    calls: [call(4000, { ttftMs: 500 })],
    attempts: [request(1500, { success: false, statusCode: 500, durationMs: 500 }), request(2500, { durationMs: 500 })],
    tools: [tool('a', 4000, 6000, { spanStart: null, spanEnd: null, aborted: null })],
  })

  test('the time of the model is unknown and not guessed', () => {
    const { shares } = ledgerOf(logsOnly, 0)
    expect(shown(shares)).toMatchObject({ model_wait: null, model_stream: null, tool_run: 2000 })
    expectExact(ledgerOf(logsOnly, 0))
  })

  test('failed requests and the pauses behind them are known from their logs', () => {
    expect(ledgerOf(logsOnly, 0).shares.get('retry')).toBe(1000 * ms)
  })

  test('a session that never called a model waited for none', () => {
    expect(ledgerOf(session(), 0).shares.get('model_wait')).toBe(0)
  })
})

describe('calls that only a session file tells of', () => {
  const bounded = { begunAfter: 1000 * ms }

  test('are the model at most, and not split', () => {
    const { shares, rows } = ledgerOf(session({ calls: [call(4000, bounded)] }), 0)
    expect(shown(shares)).toEqual({ model: 3000, unaccounted: 7000 })
    expect(rows.get('model')).toEqual(['a:s:0'])
  })

  test('are split where the turn tells when its first item came', () => {
    const first = call(4000, { ...bounded, firstItemAt: 1500 * ms })
    const shares = { model_wait: 500, model_stream: 2500, unaccounted: 7000 }
    expect(shown(ledgerOf(session({ calls: [first] }), 0).shares)).toEqual(shares)
  })

  test('give way to whatever is known better', () => {
    const tools = [tool('a', 2000, 3000)]
    const { shares } = ledgerOf(session({ tools, calls: [call(4000, bounded)] }), 0)
    expect(shown(shares)).toEqual({ tool_run: 1000, model: 2000, unaccounted: 7000 })
  })

  test('do not make known what the others took, of which no trace came', () => {
    const calls = [call(4000, { ...bounded, firstItemAt: 1500 * ms }), call(8000)]
    const { shares } = ledgerOf(session({ calls, attempts: [request(7000)] }), 0)
    expect(shown(shares)).toEqual({ model_wait: null, model_stream: null, model: 3000, unaccounted: 7000 })
  })
})

test('what a call that was broken off did, its session file does not tell', () => {
  const broken = { at: null, durationMs: null, success: null, aborted: true, witness: 'file' } as const
  expect(shown(ledgerOf(session({ tools: [tool('a', 1000, 4000, broken)] }), 0).shares)).toEqual({
    unaccounted: 10_000,
  })
})

describe('a live session', () => {
  const live = { state: 'live', turns: [turn(1, 0, null)], lastAt: 4000 * ms } as const
  const begun = tool('a', 0, 0, {
    spanStart: null,
    spanEnd: null,
    at: null,
    durationMs: null,
    success: null,
    aborted: null,
  })

  test('goes on to now, and its call that was allowed runs', () => {
    const ledger = ledgerOf(session({ ...live, tools: [begun], decisions: [decision('a', 3000, 'Config')] }), 9000 * ms)
    expect(shown(ledger.shares)).toEqual({ tool_run: 6000, unaccounted: 3000 })
    expect(ledger.turns[0]).toMatchObject({ start: 0, end: 9000 * ms })
  })

  test('waits for the model since its last request', () => {
    const asked = session({
      ...live,
      calls: [call(2000, { ttftMs: 1000 })],
      attempts: [request(1000), request(4000)],
      samplings: [{ start: 1000 * ms, end: 2000 * ms }],
    })
    expect(shown(ledgerOf(asked, 9000 * ms).shares)).toEqual({ model_wait: 6000, unaccounted: 3000 })
  })

  test('that was lost ends with its last word, and what was open then is not known', () => {
    const lost = session({ ...live, state: 'lost', tools: [begun], decisions: [decision('a', 3000, 'Config')] })
    expect(shown(ledgerOf(lost, 9000 * ms).shares)).toEqual({ unaccounted: 4000 })
  })

  test('between turns, it waits for a prompt', () => {
    const idle = session({ ...live, turns: [turn(1, 1000, 3000)] })
    expect(shown(ledgerOf(idle, 9000 * ms).shares)).toEqual({ unaccounted: 3000, between_turns: 6000 })
  })
})

test('a share names the rows whose own time is in it, and no others', () => {
  const tools = [tool('asks', 1000, 6000), tool('runs', 0, 7000)]
  const { rows } = ledgerOf(session({ tools, decisions: [decision('asks', 5000, 'User')] }), 0)
  expect(rows.get('tool_run')).toEqual(['c:s:asks', 'c:s:runs'])
  expect(rows.get('wait_user')).toEqual([])
})
