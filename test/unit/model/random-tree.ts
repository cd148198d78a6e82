import fc from 'fast-check'
import { linkKinds } from '../../../src/model/codex/spans/index.ts'
import type { SessionFacts, TreeFacts } from '../../../src/model/tree/facts.ts'
import type { SpanColumns, TreeLink } from '../../../src/model/tree/spans.ts'

/** One span as it is easy to make: `parent` picks among the spans of its trace, itself included, so that rings come about. */
export interface LooseSpan {
  readonly trace: number
  readonly parent: number | null
  readonly start: number
  readonly length: number
  readonly link: Omit<TreeLink, 'spanId'> | null
}

const sessionIds = ['s', 'child', 'grandchild'] as const
const turnIds = ['t1', 't2', 't3'] as const
const callIds = ['c1', 'c2', 'c3', 'c4'] as const
const time = fc.integer({ min: 0, max: 10_000_000_000 })
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values)
const stretch = fc.record({ start: time, length: fc.oneof(fc.constant(0), time) })

export const looseSpan: fc.Arbitrary<LooseSpan> = fc.record({
  trace: fc.nat(3),
  parent: maybe(fc.nat(50)),
  start: time,
  length: fc.oneof(fc.constant(0), time),
  link: maybe(
    fc.record({
      kind: fc.constantFrom(...Object.keys(linkKinds)),
      conversationId: maybe(fc.constantFrom(...sessionIds, 'stranger')),
      turnId: maybe(fc.constantFrom(...turnIds, 'unknown turn')),
      callId: maybe(fc.constantFrom(...callIds, 'unknown call')),
    }),
  ),
})

/** The columns that a reader would make: ordered by trace, parents as indexes. */
export function columnsOf(loose: readonly LooseSpan[], order: readonly number[] = [0, 1, 2, 3]): SpanColumns {
  const byTrace = order.map((trace) => loose.filter((span) => span.trace === trace))
  const spans = byTrace.flat()
  const links = new Map<number, TreeLink>()
  spans.forEach(({ link }, i) => link !== null && links.set(i, { ...link, spanId: i.toString(16).padStart(16, '0') }))
  return {
    count: spans.length,
    trace: Int32Array.from(spans, ({ trace }) => trace),
    parent: Int32Array.from(spans, ({ trace, parent }) => {
      const family = spans.flatMap((span, i) => (span.trace === trace ? [i] : []))
      return parent === null ? -1 : (family[parent % family.length] ?? -1)
    }),
    start: Float64Array.from(spans, ({ start }) => start),
    end: Float64Array.from(spans, ({ start, length }) => start + length),
    links,
  }
}

function sessionFacts(id: string, parentId: string | null): fc.Arbitrary<SessionFacts> {
  const turns = fc.subarray([...turnIds]).chain((ids) =>
    fc.tuple(
      ...ids.map((turnId, i) =>
        fc
          .record({ at: stretch, isOpen: fc.boolean(), isInterrupted: fc.boolean() })
          .map(({ at, isOpen, isInterrupted }) => ({
            ...{
              number: i + 1,
              turnId,
              start: at.start,
              prompt: 'do it',
              error: null,
              failedAlone: false,
              abandoned: false,
            },
            end: isOpen ? null : at.start + at.length,
            state: isOpen ? 'open' : isInterrupted ? 'interrupted' : 'done',
          })),
      ),
    ),
  )
  const tools = fc.subarray([...callIds]).chain((ids) => fc.tuple(...ids.map((callId) => toolFacts(callId))))
  return fc.record({
    ...constants({ id, parentId, kind: parentId === null ? ('user' as const) : ('subagent' as const) }),
    ...constants({ title: null, model: 'm', originator: 'codex_exec' }),
    parentCallId: maybe(fc.constantFrom(...callIds)),
    state: fc.constantFrom('live', 'done', 'interrupted', 'lost'),
    firstAt: time,
    lastAt: time,
    spawnAt: maybe(time),
    witness: fc.constantFrom('telemetry' as const, 'file' as const, 'both' as const),
    errors: fc.array(fc.record({ at: time, error: fc.constant(null) }), { maxLength: 1 }),
    spans: fc.array(
      stretch.map(({ start, length }) => ({ kind: 'loop', start, end: start + length })),
      { maxLength: 1 },
    ),
    turns,
    tools,
    calls: fc.array(callFacts, { maxLength: 4 }),
    attempts: fc.array(attemptFacts, { maxLength: 4 }),
    decisions: fc.array(decisionFacts, { maxLength: 3 }),
    compactions: fc.array(stretch.map(compaction), { maxLength: 1 }),
    samplings: fc.array(
      stretch.map(({ start, length }) => ({ start, end: start + length })),
      { maxLength: 3 },
    ),
    hooks: fc.array(
      fc
        .tuple(stretch, maybe(fc.constantFrom(...turnIds)), maybe(fc.constantFrom(...callIds)), fc.boolean())
        .map(([{ start, length }, turnId, callId, isLog]) => ({
          ...{ spanId: isLog ? '' : `hook${start}`, name: 'hook', service: 'own-hook', turnId, callId },
          ...{ start, end: isLog ? start : start + length },
        })),
      { maxLength: 2 },
    ),
    startup: fc.array(
      stretch.map(({ start, length }) => ({ start, end: start + length })),
      { maxLength: 2 },
    ),
    rounds: fc.array(fc.tuple(stretch, fc.constantFrom(...turnIds), fc.nat(40)).map(round), { maxLength: 3 }),
  })
}

function constants<T extends object>(values: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>
  }
}

function toolFacts(callId: string): fc.Arbitrary<SessionFacts['tools'][number]> {
  const logAndState = fc.record({
    ...constants({ callId, tool: 'spawn_agent', mcpServer: null, summary: null }),
    at: maybe(time),
    durationMs: maybe(fc.nat(5000)),
    success: maybe(fc.boolean()),
    exitCode: maybe(fc.nat(3)),
    running: fc.boolean(),
    aborted: maybe(fc.boolean()),
    turnId: maybe(fc.constantFrom(...turnIds)),
    parentCallId: maybe(fc.constantFrom(...callIds)),
    witness: fc.constantFrom('telemetry' as const, 'file' as const, 'both' as const),
    waitStart: maybe(time),
    waitEnd: maybe(time),
  })
  return fc.tuple(logAndState, maybe(stretch)).map(([tool, span]) => ({
    ...tool,
    spanStart: span === null ? null : span.start,
    spanEnd: span === null ? null : span.start + span.length,
  }))
}

const callFacts = fc.record({
  ...constants({ model: 'm', inputTokens: 10, cachedTokens: 4, outputTokens: 5, reasoningTokens: 1, error: null }),
  at: time,
  status: fc.constantFrom('completed', 'failed'),
  ttftMs: maybe(fc.nat(9000)),
  firstTokenMs: maybe(fc.nat(9000)),
  begunAfter: maybe(time),
  firstItemAt: maybe(time),
})

const attemptFacts = fc.record({
  ...constants({ endpoint: '/responses', statusCode: null, error: null }),
  at: time,
  kind: fc.constantFrom('http', 'ws_connect', 'ws_request'),
  success: fc.boolean(),
  durationMs: maybe(fc.nat(3000)),
})

const decisionFacts = fc.record({
  ...constants({ decision: 'approved', tool: 'exec_command' }),
  callId: fc.constantFrom(...callIds, 'only decided'),
  at: time,
  source: fc.constantFrom('User', 'user', 'Config', 'AutomatedReviewer', null),
})

function compaction({ start, length }: { start: number; length: number }): SessionFacts['compactions'][number] {
  return { spanId: 'f'.repeat(16), turnId: null, start, end: start + length, reason: null, phase: null, atMost: false }
}

function round([{ start, length }, turnId, span]: [{ start: number; length: number }, string, number]) {
  return { spanId: span.toString(16).padStart(16, '0'), turnId, start, end: start + length, model: 'm' }
}

export const treeFacts: fc.Arbitrary<TreeFacts> = fc
  .tuple(sessionFacts('s', null), sessionFacts('child', 's'), sessionFacts('grandchild', 'child'), fc.nat(2))
  .map(([root, child, grandchild, helpers]) => ({
    rootId: 's',
    baseMs: 1_790_000_000_000,
    sessions: [root, child, grandchild].slice(0, helpers + 1),
  }))
