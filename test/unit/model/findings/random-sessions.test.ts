import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PricedCall } from '../../../../src/model/findings/context.ts'
import { findingsOf } from '../../../../src/model/findings/index.ts'
import { verdictOf } from '../../../../src/model/findings/verdict.ts'
import type { SessionFacts } from '../../../../src/model/tree/facts.ts'
import { call, decision, ms, request, session, tool, turn } from '../ledger/facts.ts'
import { contextOf } from './context.ts'

const moment = fc.nat(10_000)
const stretch = fc
  .tuple(moment, fc.integer({ min: 1, max: 3000 }))
  .map(([start, length]) => ({ start, end: start + length }))
const command = fc.constantFrom(
  'npm test',
  'cat a.ts',
  'git commit -m x',
  'make',
  'rg x | head',
  'timeout 2 sleep 9',
  'touch /srv/x',
)

const tools = fc.uniqueArray(
  fc.record({
    id: fc.nat(30),
    at: stretch,
    summary: command,
    exitCode: fc.constantFrom(0, 0, 1, 124),
    server: fc.constantFrom(null, null, 'docs'),
    name: fc.constantFrom('exec_command', 'exec_command', 'wait_agent'),
    answer: fc.constantFrom(null, 'User', 'AutomatedReviewer', 'Config'),
    says: fc.constantFrom('approved', 'approved', 'denied'),
  }),
  { selector: ({ id }) => id, maxLength: 25 },
)

const calls = fc.uniqueArray(
  fc.record({
    at: moment,
    input: fc.integer({ min: 1, max: 90_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    output: fc.integer({ min: 1, max: 5000 }),
    effort: fc.constantFrom('high', 'low'),
    ttftMs: fc.option(fc.nat(4000)),
  }),
  { selector: ({ at }) => at, maxLength: 15 },
)

const random = fc.record({
  turns: fc.uniqueArray(stretch, { selector: ({ start }) => start, minLength: 1, maxLength: 5 }),
  tools,
  calls,
  attempts: fc.uniqueArray(fc.record({ at: moment, status: fc.constantFrom(200, 429, 500), took: fc.nat(500) }), {
    selector: ({ at }) => at,
    maxLength: 15,
  }),
  samplings: fc.array(stretch, { maxLength: 10 }),
  compactions: fc.uniqueArray(stretch, { selector: ({ start }) => start, maxLength: 2 }),
  sandboxed: fc.boolean(),
  starts: fc.array(fc.record({ at: stretch, server: fc.constantFrom('docs', 'stock') }), { maxLength: 3 }),
  waits: fc.array(stretch, { maxLength: 3 }),
})

type Random = typeof random extends fc.Arbitrary<infer T> ? T : never

function factsOf(of: Random): SessionFacts {
  const turns = of.turns.toSorted((a, b) => a.start - b.start)
  return session({
    lastAt: 14_000 * ms,
    turns: turns.map(({ start, end }, i) => turn(i + 1, start, end)),
    tools: of.tools.map(({ id, at, summary, exitCode, server, name }) =>
      tool(`c${id}`, at.start, at.end, { summary, exitCode, mcpServer: server, tool: name, success: exitCode === 0 }),
    ),
    decisions: of.tools.flatMap(({ id, at, answer, says }) =>
      answer === null ? [] : [{ ...decision(`c${id}`, (at.start + at.end) / 2, answer), decision: says }],
    ),
    calls: of.calls.map(({ at, ttftMs }) => call(at, { ttftMs })),
    attempts: of.attempts.map(({ at, status, took }) =>
      request(at, { statusCode: status, success: status === 200, durationMs: took }),
    ),
    samplings: of.samplings.map(({ start, end }) => ({ start: start * ms, end: end * ms })),
    compactions: of.compactions.map(({ start, end }) => ({
      ...{ spanId: `k${start}`, turnId: null, reason: null, phase: null, atMost: false },
      ...{ start: start * ms, end: end * ms },
    })),
  })
}

function priced(of: Random): PricedCall[] {
  return of.calls
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, input, share, output, effort, ttftMs }) => ({
      ...{
        at: at * ms,
        model: 'm',
        effort,
        input,
        cached: Math.floor(input * share),
        output,
        reasoning: Math.floor(output * 0.8),
      },
      ...{ ttftMs, usd: 0.01, rates: { input: 2e-6, cached: 1e-6, output: 1e-5 } },
    }))
}

const history = {
  firstItems: new Map([['m high', Array.from({ length: 40 }, (_, i) => i)]]),
  runs: new Map([['exec_command make', Array.from({ length: 30 }, (_, i) => i)]]),
  approvals: [{ command: 'npm test', denied: false }],
}

test('findings of any session are no longer than its turns, and the same in whichever order its facts lie', () => {
  fc.assert(
    fc.property(random, fc.infiniteStream(fc.nat()), (of, order) => {
      const facts = factsOf(of)
      const known = {
        servers: {
          starts: of.starts.map(({ at, server }) => ({ server, start: at.start * ms, end: at.end * ms })),
          waits: of.waits.map(({ start, end }) => ({ start: start * ms, end: end * ms })),
        },
        ...{ calls: priced(of), history: { ...history }, toldWindow: 80_000 },
        sandboxRuns: new Map(of.sandboxed ? of.tools.map(({ id }) => [`c${id}`, 100 * ms] as const) : []),
      }
      const context = contextOf(facts, known)
      const findings = findingsOf(context)
      expect(findings.reduce((sum, { lostMs }) => sum + lostMs, 0)).toBeLessThanOrEqual(context.busy / 1e6 + 1e-6)
      expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length)
      const rows = new Set(context.rows.all.map(({ id }) => id))
      for (const { rowIds } of findings) for (const id of rowIds) expect(rows).toContain(id)

      const mixed = <T>(items: readonly T[]): T[] =>
        items
          .map((item) => ({ item, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item)
      const again = contextOf(
        {
          ...facts,
          ...{ tools: mixed(facts.tools), decisions: mixed(facts.decisions), attempts: mixed(facts.attempts) },
          ...{ samplings: mixed(facts.samplings), compactions: mixed(facts.compactions), calls: mixed(facts.calls) },
        },
        known,
      )
      const inAnyOrder = (list: typeof findings): unknown =>
        list.map((one) => ({ ...one, rowIds: one.rowIds.toSorted() }))
      expect(inAnyOrder(findingsOf(again))).toEqual(inAnyOrder(findings))
      expect(verdictOf(again, findingsOf(again))).toBe(verdictOf(context, findings))
    }),
    { numRuns: 200 },
  )
})
