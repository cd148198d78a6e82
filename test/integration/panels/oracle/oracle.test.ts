import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Value } from '../../../../src/contract/index.ts'
import { panels } from '../../../../src/model/panels/index.ts'
import { captureNamesOfOneDay, loadCapture } from '../../../captures.ts'
import { beginMs } from '../../engine/sdk-app.ts'
import { appBodies } from '../app-bodies.ts'
import { rounded, withPanels, type PanelsUnderTest } from '../panels-under-test.ts'
import { activity } from './activity.ts'
import { genai, newestLogs } from './genai.ts'
import { know, type Answer } from './known.ts'
import { latency } from './latency.ts'
import { lostMs, waitShare } from './ledger.ts'
import type { Asked, Question, Row } from './question.ts'
import { recordsOf } from './records.ts'
import { reliability, retriesOf } from './reliability.ts'
import { sdkBodies } from './sdk-bodies.ts'
import { tokens } from './tokens.ts'
import { toolsOf } from './tools.ts'
import { where } from './where.ts'
import { worksOf } from './works.ts'

const captures = captureNamesOfOneDay.map(loadCapture)
const facts = know(captures)
const everybody = { apps: 'codex', helpers: true, limit: 10_000, offset: 0 } as const

let under: PanelsUnderTest
let ledgers: Map<string, Value<'session.ledger'>>
let ofApps: ReturnType<typeof recordsOf>
let close: () => void = () => undefined
let closed: Promise<void>

beforeAll(async () => {
  const bodies = [...(await sdkBodies()), ...appBodies()]
  ofApps = recordsOf(bodies)
  await new Promise<void>((opened, failed) => {
    const all = [...captures.flatMap((capture) => capture.bodies), ...bodies]
    closed = withPanels(all, (panels) => {
      under = panels
      under.shares()
      opened()
      return new Promise<void>((resolve) => (close = resolve))
    })
    closed.catch(failed)
  })
  ledgers = new Map(facts.sessions.map(({ id }) => [id, under.reader['session.ledger']({ id })]))
})

afterAll(() => {
  close()
  return closed
})

const minute = 60_000
const hour = 60 * minute
/** The hour in which all captures were made. */
const captured =
  Math.floor(Math.min(...facts.sessions.map(({ firstNs }) => Number(firstNs / 1_000_000n))) / hour) * hour

/** Everything; from the middle of a call to the middle of a turn that waits, at odd milliseconds; four minutes in narrow buckets. */
const ranges: readonly Omit<Question, 'filters'>[] = [
  { fromMs: beginMs - hour, toMs: captured + 2 * hour, bucketMs: hour, zone: 'UTC' },
  { fromMs: 1_795_166_718_777, toMs: 1_795_167_190_313, bucketMs: minute, zone: 'UTC' },
  { fromMs: 1_795_166_745_001, toMs: 1_795_166_985_003, bucketMs: 15_000, zone: 'UTC' },
]

/** Days that begin within an hour of UTC. */
const zoned: readonly Omit<Question, 'filters'>[] = [
  { fromMs: beginMs - hour, toMs: captured + 2 * hour, bucketMs: 24 * hour, zone: 'Pacific/Marquesas' },
]

const filterSets: readonly Asked[] = [
  {},
  { helpers: false },
  { model: ['gpt-6.1-sol'] },
  { model: ['gpt-5.5'] },
  { environment: ['rich', 'grpc-env'] },
  { originator: ['codex-tui'] },
  { source: ['codex_exec'] },
  { user: ['fake.user@example.com'] },
  { user: [''] },
  { project: ['/home/dev/cx/work'] },
  { project: [''] },
  { appVersion: ['0.169.0'] },
  { source: ['codex_exec'], environment: ['capture'], model: ['gpt-5.5'], helpers: false },
  ...['model', 'environment', 'originator', 'source', 'user', 'project', 'appVersion'].map((field) => ({
    [field]: ['nothing has this'],
  })),
]

const asked = (over: readonly Omit<Question, 'filters'>[], filters: readonly Asked[]): readonly Question[] =>
  over.flatMap((range) => filters.map((of) => ({ ...range, filters: of })))

const questions = [...asked(ranges, filterSets), ...asked(zoned, filterSets.slice(0, 4))]

const ofAppsQuestions = [
  ...asked(zoned, [{}]),
  ...asked(
    [...ranges, { fromMs: beginMs + 11, toMs: beginMs + 61_501, bucketMs: 15_000, zone: 'UTC' }],
    [
      ...filterSets,
      ...['shop', 'search', 'claude-code', 'gemini-cli'].map((source) => ({ source: [source] })),
      ...['ada', 'ada@example.com'].map((user) => ({ user: [user] })),
      ...['gpt-4o', 'claude-sonnet-4-5'].map((model) => ({ model: [model] })),
      { environment: ['staging'] },
      { appVersion: ['2.1', '1.2'] },
      { originator: [''] },
      { source: ['shop'], environment: ['staging'], appVersion: ['2.1'] },
    ],
  ),
]

/** Rows and their columns in one order: lists that have equals in them may have them in either. */
function inOrder(rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(rounded(row)).sort(([a], [b]) => (a < b ? -1 : 1)))).sort()
}

/** The key of a failure without a span is the store's own. */
function withoutKeys(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return row['traceId'] === '' ? { ...row, spanId: '' } : row
}

const overTime = new Set(panels.filter(({ view }) => view.kind.startsWith('time')).map(({ id }) => id))

function compare(panel: string, asked: readonly Question[], answer: (question: Question) => readonly Row[]): void {
  for (const question of asked) {
    const { filters, bucketMs, zone } = question
    const rows = under.run(panel, question, filters, bucketMs, zone).map(withoutKeys)
    if (overTime.has(panel)) {
      const times = rows.map(({ atMs }) => Number(atMs))
      expect(times, panel).toEqual([...times].sort((a, b) => a - b))
    }
    expect(inOrder(rows), `${panel} ${JSON.stringify(question)}`).toEqual(inOrder(answer(question)))
  }
}

const answers: Readonly<Record<string, Answer>> = { ...tokens, ...activity, ...latency, ...reliability, ...where }
const works = (): ReturnType<typeof worksOf> => worksOf(ofApps)

test('there is an answer for every panel', () => {
  const answered = [answers, genai].flatMap((of) => Object.keys(of))
  expect([...answered, 'wait-share', 'retries', 'logs'].sort()).toEqual(panels.map(({ id }) => id).sort())
})

/** The first time over single facts, the second over the sums of hours that were rolled up. */
describe.each(['single facts', 'sums of hours'])('over %s', (over) => {
  beforeAll(() => {
    const rolled = under.db.prepare<[], number>('SELECT count(*) FROM fact_hour WHERE rolled = 1').pluck()
    expect(rolled.get()).toBe(0)
    if (over === 'single facts') return
    under.sumUp()
    expect(rolled.get()).toBeGreaterThan(0)
  })

  test.each(Object.keys(answers))('%s is what the decoded bodies tell, whatever the range and the filter', (panel) => {
    compare(panel, questions, (question) => answers[panel]?.(facts, question) ?? [])
  })

  test('wait-share adds up the ledgers of the turns that began in the range', () => {
    compare('wait-share', questions, (question) => waitShare(facts, ledgers, question))
  })

  test('retries are requests that repeat one, and the time of the ledgers that went to it', () => {
    compare('retries', asked(ranges, filterSets), (question) => [
      { ...retriesOf(facts, question)[0], lostMs: lostMs(facts, ledgers, question) },
    ])
  })

  test.each(Object.keys(genai))('%s is what the applications sent', (panel) => {
    const sent = works()
    compare(panel, ofAppsQuestions, (question) => genai[panel]?.(sent, question) ?? [])
  })

  test('logs are the newest hundred records of applications', () => {
    compare('logs', ofAppsQuestions, (question) => newestLogs(ofApps, question))
  })
})

test('the figures over everything are the sums over the list of sessions', () => {
  const whole = { fromMs: 0, toMs: captured + 100 * hour }
  const { sessions, total } = under.reader['session.list'](everybody)
  expect(total).toBe(facts.sessions.length)
  const all = (of: (session: (typeof sessions)[number]) => number): number =>
    sessions.reduce((sum, session) => sum + of(session), 0)
  const people = sessions.filter(({ kind }) => kind === 'user')
  const figure = (panel: string): Row => rounded(under.run(panel, whole)[0] ?? {}) as Row
  expect(figure('tokens-total')).toEqual({
    input: all(({ tokens }) => tokens.input),
    output: all(({ tokens }) => tokens.output),
    reasoning: all(({ tokens }) => tokens.reasoning),
  })
  expect(figure('tokens-cached')).toEqual({ cached: all(({ tokens }) => tokens.cached) })
  expect(figure('sessions-and-calls')).toEqual({
    sessions: people.length,
    prompts: people.reduce((sum, { prompts }) => sum + prompts, 0),
    calls: all(({ apiCalls }) => apiCalls),
  })
  expect(figure('cost-total')).toMatchObject({
    costUsd: rounded(all(({ costUsd }) => costUsd ?? 0)),
    unpriced: all(({ unpricedCalls }) => unpricedCalls),
  })
  expect(figure('retries')).toMatchObject({ retries: all(({ retries }) => retries) })
  const failedScripts = facts.sessions.flatMap(toolsOf).filter(({ wrapper, success }) => wrapper && !success).length
  const rows = (panel: string, column: string): number =>
    under.run(panel, whole, {}, 365 * 24 * hour).reduce((sum, row) => sum + Number(row[column]), 0)
  expect(rows('batches', 'errors')).toBe(all(({ errors }) => errors))
  expect(rows('tool-types', 'calls')).toBe(all(({ toolCalls }) => toolCalls))
  expect(rows('tool-success-rate', 'failed')).toBe(all(({ failedToolCalls }) => failedToolCalls))
  expect(rows('tool-success-rate', 'nonZero')).toBe(all(({ nonZeroExits }) => nonZeroExits))
  expect(rows('api-errors', 'errors') + rows('tool-success-rate', 'failed') + failedScripts).toBe(
    all(({ errors }) => errors),
  )
})
