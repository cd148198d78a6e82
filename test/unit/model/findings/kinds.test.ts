import { expect, test } from 'vitest'
import type { FindingContext, PricedCall } from '../../../../src/model/findings/context.ts'
import type { Finding, FindingKind } from '../../../../src/model/findings/finding.ts'
import { findingsOf } from '../../../../src/model/findings/index.ts'
import { verdictOf } from '../../../../src/model/findings/verdict.ts'
import type { SessionFacts } from '../../../../src/model/tree/facts.ts'
import { call, decision, ms, request, session, tool, turn } from '../ledger/facts.ts'
import { contextOf } from './context.ts'

function found(
  kind: FindingKind,
  facts: Partial<SessionFacts>,
  known: Parameters<typeof contextOf>[1] = {},
): Finding[] {
  return findingsOf(contextOf(session(facts), known)).filter((one) => one.kind === kind)
}

const rates = { input: 2e-6, cached: 1e-6, output: 10e-6 }
const usage = { model: 'gpt-5.5', effort: 'high', input: 10_000, cached: 9000, output: 100, reasoning: 0, ttftMs: null }

function priced(atMs: number, known: Partial<PricedCall> = {}): PricedCall {
  return { ...usage, at: atMs * ms, usd: 0.01, rates, ...known }
}

function history(known: Partial<FindingContext['history']>): Pick<FindingContext, 'history'> {
  return { history: { firstItems: new Map(), runs: new Map(), approvals: [], ...known } }
}

/** Runs one after the other, a second each, from 0 on; the last word says how each ended. */
function runs(commands: readonly (readonly [summary: string, exitCode: number])[]): SessionFacts['tools'] {
  return commands.map(([summary, exitCode], i) => tool(`c${i}`, i * 1000, (i + 1) * 1000, { summary, exitCode }))
}

test('requests refused with 429 and their pauses are one finding, those that failed otherwise another', () => {
  const failed = { success: false, durationMs: 100 }
  const attempts = [
    request(1000, { ...failed, statusCode: 429 }),
    request(3000, { ...failed, statusCode: 503 }),
    request(4000),
  ]
  const samplings = [1000, 3000].map((end) => ({ start: (end - 100) * ms, end: end * ms }))
  const answer = { start: 3900 * ms, end: 5000 * ms }
  const facts = { attempts, samplings: [...samplings, answer], calls: [call(5000)] }
  // 0.9 s to 2.9 s: refused and waited; 2.9 s to 3.9 s: failed and waited.
  expect(found('rate-limit', facts)).toMatchObject([{ times: 1, lostMs: 2000 }])
  expect(found('api-unstable', facts)).toMatchObject([{ times: 1, lostMs: 1000 }])
  expect(found('rate-limit', { attempts: [request(1000)], calls: [call(2000)] })).toEqual([])
  const limits = [{ at: 0, windowMinutes: 300, usedPercent: 97.4, resetsAt: 3_600_900 * ms }]
  const file = { windows: new Map(), outputs: new Map(), limits }
  expect(found('rate-limit', facts, { file })[0]?.fix).toMatchObject({
    text: expect.stringContaining('The window of 5 h 00 m was 97 % full then, and was reset 1 h 00 m later.') as string,
  })
})

test('a run that the sandbox broke off is lost, and the wait for its second', () => {
  const tools = [tool('c', 0, 9000, { summary: 'npm install', exitCode: 0 })]
  const decisions = [decision('c', 10, 'Config'), decision('c', 6010, 'User')]
  const sandboxRuns = new Map([['c', 4000 * ms]])
  const [one] = found('sandbox-rerun', { tools, decisions }, { sandboxRuns })
  expect(one).toMatchObject({ subject: 'npm install', times: 1, confidence: 'exact' })
  expect(one?.fix).toMatchObject({ changes: [{ path: ['sandbox_workspace_write', 'network_access'], value: true }] })
  expect(one?.lostMs).toBeGreaterThanOrEqual(4000)
  expect(found('sandbox-rerun', { tools, decisions })).toEqual([])
})

test('a command that failed and ran again once somebody allowed it was in the way of the sandbox', () => {
  const tools = [
    tool('a', 0, 1000, { summary: 'touch /srv/app/x', exitCode: 1 }),
    tool('b', 2000, 5000, { summary: 'touch /srv/app/x', exitCode: 0 }),
  ]
  const decisions = [decision('b', 4000, 'User')]
  const [one] = found('sandbox-rerun', { tools, decisions })
  expect(one).toMatchObject({ times: 1, lostMs: 3000, rowIds: ['c:s:a', 'c:s:b'] })
  expect(one?.fix).toMatchObject({
    changes: [{ path: ['sandbox_workspace_write', 'writable_roots'], value: ['/srv/app'], adds: true }],
  })
  expect(found('sandbox-rerun', { tools, decisions: [] })).toEqual([])
  expect(found('sandbox-rerun', { tools: [{ ...tools[0]!, exitCode: 0 }, tools[1]!], decisions })).toEqual([])
})

test('the reviewer counts from a twentieth of the time inside turns on', () => {
  const reviewed = (atMs: number): Partial<SessionFacts> => ({
    tools: [tool('c', 0, 5000, { summary: 'ls' })],
    decisions: [decision('c', atMs, 'AutomatedReviewer')],
  })
  expect(found('reviewer-wait', reviewed(600))).toMatchObject([{ lostMs: 600, times: 1, rowIds: ['c:s:c'] }])
  expect(found('reviewer-wait', reviewed(400))).toEqual([])
})

test('the third failure of the same call in a turn, and not that of others', () => {
  const fails = (summaries: readonly string[]): Partial<SessionFacts> => ({
    tools: runs(summaries.map((summary) => [summary, 1] as const)),
  })
  expect(found('repeated-failure', fails(['make x', 'make x', 'make x']))).toMatchObject([
    { subject: 'make x', times: 3, lostMs: 2000, rowIds: ['c:s:c0', 'c:s:c1', 'c:s:c2'] },
  ])
  expect(found('repeated-failure', fails(['make x', 'make x', 'make y']))).toEqual([])
  expect(
    found('repeated-failure', {
      tools: runs([
        ['x', 1],
        ['x', 0],
        ['x', 1],
      ]),
    }),
  ).toEqual([])
  const lengths = new Map([
    ['c0', 10],
    ['c1', 10],
    ['c2', 11],
  ])
  expect(found('repeated-failure', fails(['make x', 'make x', 'make x']), { argumentLengths: lengths })).toEqual([])
})

test('a file that was read four times, by whichever program, and no command that may write', () => {
  const reads: (readonly [string, number])[] = [
    ['cat a.ts', 0],
    ['sed -n 1,9p a.ts', 0],
    ['nl a.ts', 0],
    ['cat a.ts', 0],
  ]
  expect(found('repeated-read', { tools: runs(reads) })).toMatchObject([
    { subject: 'a.ts', times: 4, lostMs: 3000, confidence: 'bound' },
  ])
  expect(found('repeated-read', { tools: runs(reads.slice(1)) })).toEqual([])
  expect(found('repeated-read', { tools: runs(Array(4).fill(['sed -i s/a/b/ a.ts', 0])) })).toEqual([])
  expect(found('repeated-read', { tools: runs(Array(4).fill(['cat a.ts > b.ts', 0])) })).toEqual([])
})

test('a command beyond the 95th percentile of its own runs loses what is beyond their median', () => {
  const tools = [tool('c', 0, 9000, { summary: 'cargo test' })]
  const known = (count: number): Pick<FindingContext, 'history'> =>
    history({ runs: new Map([['exec_command cargo', Array.from({ length: count }, (_, i) => 1000 + i)]]) })
  const [one] = found('slow-command', { tools }, known(20))
  expect(one).toMatchObject({ subject: 'cargo', times: 1, lostMs: 9000 - 1009, confidence: 'bound' })
  expect(one?.title).toContain('where 1.0 s is usual')
  expect(found('slow-command', { tools }, known(19))).toEqual([])
  // A session file keeps no words of a command: beside whichever others it stands, it is not known to be slow.
  const runs = new Map([['exec_command', Array.from({ length: 30 }, () => 100)]])
  const unnamed = { tools: [tool('c', 0, 9000, { summary: null })] }
  expect(found('slow-command', unnamed, history({ runs }))).toEqual([])
  expect(found('slow-command', { tools: [tool('c', 0, 1500, { summary: 'cargo test' })] }, known(20))).toEqual([])
})

test('a command that ran into its time limit is slow without any other', () => {
  const tools = [tool('c', 0, 9000, { summary: 'sleep 20', exitCode: 124 })]
  expect(found('slow-command', { tools })).toMatchObject([{ subject: 'sleep', lostMs: 9000 }])
})

test('commands that only read and that one response asked for could have run side by side', () => {
  const tools = runs([
    ['cat a', 0],
    ['cat b', 0],
    ['cat c', 0],
  ])
  expect(found('serial-tools', { tools })).toMatchObject([{ times: 3, lostMs: 2000, confidence: 'bound' }])
  // A response between them may have asked for the second because of the first.
  const calls = [priced(1000), priced(2000)]
  expect(found('serial-tools', { tools, calls: [call(1000), call(2000)] }, { calls })).toEqual([])
  const beside = [tool('a', 0, 3000, { summary: 'cat a' }), tool('b', 500, 3000, { summary: 'cat b' })]
  expect(found('serial-tools', { tools: beside })).toEqual([])
})

test('a wait for sub-agents is idle where none works', () => {
  const tools = [tool('c', 0, 8000, { tool: 'wait_agent', summary: 'x' })]
  const helper = (end: number): Pick<FindingContext, 'helpers'> => ({
    helpers: [{ id: 'h', kind: 'subagent', usd: null, start: 0, turns: [{ start: 0, end: end * ms }] }],
  })
  expect(found('idle-poll', { tools }, helper(2000))).toMatchObject([{ times: 1, lostMs: 6000 }])
  expect(found('idle-poll', { tools }, helper(4000))).toEqual([])
})

test('responses that began later than usual lose what is beyond the median', () => {
  const sampling = { start: 0, end: 9000 * ms }
  const facts = { samplings: [sampling], attempts: [request(0)], calls: [call(9000, { ttftMs: 8000 })] }
  const calls = [priced(9000, { ttftMs: 8000 })]
  const known = (count: number): Pick<FindingContext, 'history'> =>
    history({ firstItems: new Map([['gpt-5.5 high', Array.from({ length: count }, () => 1000)]]) })
  expect(found('slow-first-item', facts, { calls, ...known(30) })).toMatchObject([
    { subject: 'gpt-5.5 high', times: 1, lostMs: 7000 },
  ])
  expect(found('slow-first-item', facts, { calls, ...known(29) })).toEqual([])
})

test('reasoning in a turn without a tool call costs its share of the time and its tokens', () => {
  const facts = {
    samplings: [{ start: 0, end: 8000 * ms }],
    attempts: [request(0)],
    calls: [call(8000, { ttftMs: 0 })],
  }
  const calls = [priced(8000, { output: 4000, reasoning: 3000 })]
  const [one] = found('reasoning-share', facts, { calls })
  expect(one).toMatchObject({ times: 1, lostMs: 6000, confidence: 'bound' })
  expect(one?.lostUsd).toBeCloseTo(0.03)
  expect(found('reasoning-share', { ...facts, tools: [tool('c', 8100, 8200)] }, { calls })).toEqual([])
  expect(
    found('reasoning-share', facts, { calls: [priced(8000, { output: 4000, reasoning: 3000, effort: 'low' })] }),
  ).toEqual([])
})

test('a cache that is lost is priced by what it would have read, with its cause', () => {
  const turns = [turn(1, 0, 2000), turn(2, 400_000, 402_000)]
  const lost = priced(401_000, { cached: 0 })
  const [one] = found(
    'cache-break',
    { turns, lastAt: 402_000 * ms, calls: [call(1000), call(401_000)] },
    { calls: [priced(1000), lost] },
  )
  expect(one).toMatchObject({ subject: 'pause', times: 1, lostMs: 0 })
  expect(one?.lostUsd).toBeCloseTo(9000 * 1e-6)
  const cause = (known: Partial<PricedCall>): string | undefined =>
    found('cache-break', {}, { calls: [priced(1000), priced(2000, { cached: 0, ...known })] })[0]?.subject
  expect(cause({})).toBe('unknown')
  expect(cause({ model: 'gpt-5.6' })).toBe('model')
  expect(cause({ effort: 'low' })).toBe('effort')
  expect(cause({ cached: 6500 })).toBeUndefined()
  const changed = (at: number, what: 'tools' | 'instructions', known: Partial<PricedCall> = {}): string | undefined => {
    const calls = [priced(1000), priced(2000, { cached: 0, ...known })]
    return found('cache-break', {}, { calls, promptChanges: [{ at: at * ms, what }] })[0]?.subject
  }
  expect(changed(1500, 'tools')).toBe('tools')
  expect(changed(1500, 'instructions')).toBe('instructions')
  expect(changed(1500, 'tools', { model: 'gpt-5.6' })).toBe('model')
  expect(changed(900, 'tools')).toBe('unknown')
})

test('a compaction takes its time, its calls and the cache that it broke', () => {
  const compactions = [
    { spanId: 'k', turnId: 't1', start: 2000 * ms, end: 4000 * ms, reason: 'ContextLimit', phase: null, atMost: false },
  ]
  const calls = [
    priced(1000, { input: 20_000, cached: 18_000 }),
    priced(3900, { usd: 0.5 }),
    priced(5000, { cached: 0 }),
  ]
  const [one] = found('compaction', { compactions }, { calls })
  expect(one).toMatchObject({ times: 1, lostMs: 2000, fix: { type: 'hint' } })
  expect(one?.lostUsd).toBeCloseTo(0.5 + 9000 * 1e-6)
  expect(found('cache-break', { compactions }, { calls })).toEqual([])
  const [early] = found('compaction', { compactions }, { calls, toldWindow: 100_000 })
  expect(early?.fix).toMatchObject({ changes: [{ path: ['model_auto_compact_token_limit'], value: 90_000 }] })
  expect(found('compaction', {}, { calls })).toEqual([])
})

test('a context that is nearly full says how many calls are left', () => {
  const calls = [priced(1000, { input: 60_000 }), priced(2000, { input: 70_000 }), priced(3000, { input: 80_000 })]
  const [one] = found('context-nearly-full', {}, { calls, toldWindow: 100_000 })
  expect(one).toMatchObject({ lostMs: 0, lostUsd: null })
  expect(one?.title).toBe('The last call filled 80 % of the context window of 100k tokens: about 1 call left')
  expect(found('context-nearly-full', {}, { calls, toldWindow: 200_000 })).toEqual([])
  expect(found('context-nearly-full', {}, { calls })).toEqual([])
})

test('helpers that cost a third of the whole', () => {
  const helpers = [{ id: 'h', kind: 'title', usd: 0.3, start: 0, turns: [] }]
  const [one] = found('helper-cost', {}, { helpers, calls: [priced(1000, { usd: 0.6 })] })
  expect(one).toMatchObject({ times: 1, lostUsd: 0.3, rowIds: ['s:h'], confidence: 'bound' })
  expect(found('helper-cost', {}, { helpers, calls: [priced(1000, { usd: 0.8 })] })).toEqual([])
})

test('an output that is a fifth of what is new in the next call, where a file tells how long it was', () => {
  const tools = [tool('c', 2000, 3000, { summary: 'seq 9999' })]
  const calls = [priced(1000, { input: 10_000 }), priced(5000, { input: 20_000 })]
  const file = (length: number): Pick<FindingContext, 'file'> => ({
    file: { windows: new Map(), outputs: new Map([['c', length]]), limits: [] },
  })
  const [one] = found('big-output', { tools, calls: [call(1000), call(5000)] }, { calls, ...file(16_000) })
  expect(one).toMatchObject({ subject: 'seq', times: 1 })
  expect(one?.lostUsd).toBeCloseTo(4000 * 2e-6)
  expect(one?.fix).toMatchObject({ changes: [{ path: ['tool_output_token_limit'], value: 2000 }] })
  expect(found('big-output', { tools }, { calls, ...file(7600) })).toEqual([])
  expect(found('big-output', { tools }, { calls })).toEqual([])
})

test('a quarter of the time that nothing explains says which signal would', () => {
  const calls = [call(5000)]
  const [one] = found('unaccounted', { calls, attempts: [request(1000)] }, { calls: [priced(5000)] })
  expect(one).toMatchObject({ lostMs: 0, rowIds: ['t:s:1'] })
  expect(one?.fix).toMatchObject({ text: expect.stringContaining('Traces') as string })
  expect(found('unaccounted', { tools: [tool('c', 0, 8000)] })).toEqual([])
  // While a session goes on its records are on their way.
  const facts = { calls, attempts: [request(1000)] }
  expect(found('unaccounted', { ...facts, state: 'live' }, { calls: [priced(5000)] })).toEqual([])
  const verdictOfA = (state: SessionFacts['state']) => verdictOf(contextOf(session({ ...facts, state })), [])
  expect(verdictOfA('done')).toMatch(/busy time was unaccounted for\.$/)
  expect(verdictOfA('live')).toMatch(/busy time is not told of yet\.$/)
})

test('a session of another application has no findings', () => {
  const app = { calls: [], steps: [], places: new Map() }
  const facts = { tools: runs(Array(4).fill(['cat a', 1])), app: app as unknown as NonNullable<SessionFacts['app']> }
  expect(findingsOf({ ...contextOf(session()), session: session(facts) })).toEqual([])
})
