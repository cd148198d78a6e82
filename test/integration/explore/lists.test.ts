import { expect, test } from 'vitest'
import type { ParsedParams } from '../../../src/contract/index.ts'
import { procedures } from '../../../src/contract/index.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { jsonBody, logRequest } from '../engine/requests.ts'
import { openStore } from '../engine/store-under-test.ts'
import { withCaptures, type StoredCaptures } from '../engine/stored-captures.ts'

const everything = { fromMs: 0, toMs: 9e12 }
const captures = ['02_classic', '03_errors_retries', '09_subagents', '16_tui', '24_rich_flags'] as const

type Name =
  'explore.logs' | 'explore.logFacets' | 'explore.errors' | 'explore.spans' | 'explore.spanNames' | 'explore.metric'

/** Params as dispatch would hand them on. */
function parsed<N extends Name>(name: N, params: unknown): ParsedParams<N> {
  return procedures[name].params.parse(params) as ParsedParams<N>
}

/** All pages, one behind the other: on a busy machine a page's time is up before it is full. */
function pagesOf<P extends { readonly next: string | null }>(page: (after?: string) => P): readonly P[] {
  const pages = [page()]
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) pages.push(page(next))
  return pages
}

function count(store: StoredCaptures, sql: string): number {
  return store.db.prepare<[], number>(sql).pluck().get() ?? 0
}

test('pages of logs are all logs, newest first, none twice', () =>
  withCaptures(captures, (store) => {
    const page = (after?: string) =>
      store.reader['explore.logs'](parsed('explore.logs', { ...everything, limit: 100, after }))
    const seen = pagesOf(page).flatMap(({ logs }) => logs)
    expect(seen).toHaveLength(count(store, 'SELECT count(*) FROM log'))
    expect(new Set(seen.map(({ ref }) => ref)).size).toBe(seen.length)
    expect(seen.map(({ timeMs }) => timeMs)).toEqual(seen.map(({ timeMs }) => timeMs).sort((a, b) => b - a))
  }))

test('logs are narrowed by event, level, session filter, text and attribute', () =>
  withCaptures(captures, (store) => {
    const found = (params: object) =>
      pagesOf((after) =>
        store.reader['explore.logs'](parsed('explore.logs', { ...everything, limit: 500, ...params, after })),
      ).flatMap(({ logs }) => logs)
    const prompts = found({ events: ['codex.user_prompt'] })
    expect(prompts).toHaveLength(count(store, 'SELECT count(*) FROM prompt'))
    const tui = found({ events: ['codex.user_prompt'], filters: { originator: ['codex-tui'] } })
    expect(tui.length).toBe(
      count(store, "SELECT count(*) FROM prompt JOIN session ON id = session_id WHERE originator = 'codex-tui'"),
    )
    expect(tui.length).toBeLessThan(prompts.length)
    const alone = found({ events: ['codex.user_prompt'], filters: { helpers: false } })
    expect(alone.length).toBe(
      count(store, "SELECT count(*) FROM prompt JOIN session ON id = session_id WHERE kind = 'user'"),
    )
    const patches = found({ text: 'APPLY_patch' })
    expect(patches.length).toBeGreaterThan(0)
    for (const { ref } of patches) {
      const { record } = store.reader['explore.record']({ ref })
      expect(JSON.stringify(record).toLowerCase()).toContain('apply_patch')
    }
    const [call] = found({ attributes: [{ key: 'call_id', value: 'call_e1795167187168' }] })
    expect(call?.sessionId).toBe(
      store.db.prepare("SELECT session_id FROM tool_call WHERE call_id = 'call_e1795167187168'").pluck().get(),
    )
    expect(found({ minSeverity: 17 })).toEqual([])
  }))

test('facets and histogram add up to the logs of the range', () =>
  withCaptures(captures, (store) => {
    const facets = store.reader['explore.logFacets'](
      parsed('explore.logFacets', { ...everything, bucketMs: 10_000_000_000 }),
    )
    const total = count(store, 'SELECT count(*) FROM log')
    const sum = (counts: readonly { count: number }[]): number => counts.reduce((all, one) => all + one.count, 0)
    expect([facets.total, sum(facets.events), sum(facets.severities), sum(facets.histogram)]).toEqual([
      total,
      total,
      total,
      total,
    ])
  }))

test('days of logs and of metrics begin at midnight of the zone that is named', () =>
  withCaptures(captures, ({ db, reader }) => {
    // Half past nine of UTC, which lies among the captures.
    const midnight = Date.parse('2026-11-20T09:30Z')
    const days = {
      ...everything,
      fromMs: midnight - 86_400_000,
      bucketMs: 86_400_000,
      zone: 'Pacific/Marquesas',
      toMs: midnight + 3_600_000,
    }
    const { histogram, edgesMs } = reader['explore.logFacets'](parsed('explore.logFacets', days))
    expect(edgesMs).toEqual([midnight - 86_400_000, midnight, midnight + 86_400_000])
    const logs = db.prepare('SELECT count(*) FROM log WHERE (time_ns >= @midnight) = @after').pluck()
    const among = (after: number): unknown => logs.get({ midnight: BigInt(midnight) * 1_000_000n, after })
    expect(histogram.map(({ atMs, count }) => [atMs, count])).toEqual([
      [midnight - 86_400_000, among(0)],
      [midnight, among(1)],
    ])
    const name = 'codex.turn.token_usage'
    const { points } = reader['explore.metric'](parsed('explore.metric', { ...days, name, aggregation: 'sum' }))
    for (const { atMs } of points) expect(edgesMs).toContain(atMs)
  }))

test('errors are the failures of the facts, by kind, newest first', () =>
  withCaptures(captures, (store) => {
    const { errors, kinds, truncated } = store.reader['explore.errors'](
      parsed('explore.errors', { ...everything, limit: 500 }),
    )
    expect(truncated).toBe(false)
    expect(Object.fromEntries(kinds.map((kind) => [kind.kind, kind.count]))).toEqual({
      response: count(store, "SELECT count(*) FROM api_call WHERE status = 'failed' AND echo = 0"),
      request: count(store, 'SELECT count(*) FROM api_attempt WHERE success = 0'),
      tool: count(store, 'SELECT count(*) FROM tool_call WHERE success = 0'),
    })
    expect(errors.map(({ timeMs }) => timeMs)).toEqual(errors.map(({ timeMs }) => timeMs).sort((a, b) => b - a))
    // What is not shown is counted all the same.
    const few = store.reader['explore.errors'](parsed('explore.errors', { ...everything, limit: 2 }))
    expect(few).toEqual({ errors: errors.slice(0, 2), kinds, truncated: true })
    const requests = store.reader['explore.errors'](parsed('explore.errors', { ...everything, kinds: ['request'] }))
    expect(requests).toEqual({ errors: errors.filter(({ kind }) => kind === 'request'), kinds, truncated: false })
    const tools = store.reader['explore.errors'](parsed('explore.errors', { ...everything, kinds: ['tool'] })).errors
    expect(new Set(tools.map(({ kind }) => kind))).toEqual(new Set(['tool']))
    const named = store.reader['explore.errors'](parsed('explore.errors', { ...everything, text: 'http 429' })).errors
    expect(named.length).toBeGreaterThan(0)
    expect(named.every(({ message }) => message.startsWith('http 429'))).toBe(true)
  }))

test('pages of spans are all spans, none twice', () =>
  withCaptures(captures, (store) => {
    const found = (params: object) =>
      pagesOf((after) =>
        store.reader['explore.spans'](parsed('explore.spans', { ...everything, limit: 500, ...params, after })),
      ).flatMap(({ spans }) => spans)
    const all = found({})
    expect(all).toHaveLength(count(store, 'SELECT count(*) FROM span'))
    expect(new Set(all.map(({ traceId, spanId }) => `${traceId}/${spanId}`)).size).toBe(all.length)
    const turns = found({ name: 'session_task.turn' })
    expect(turns).toHaveLength(count(store, 'SELECT count(*) FROM turn_span'))
    expect(turns.every(({ sessionId }) => sessionId !== null)).toBe(true)
    const named = { ...everything, name: 'session_task.turn' }
    const summed = pagesOf((after) =>
      store.reader['explore.spanNames'](parsed('explore.spanNames', { ...named, after })),
    ).flatMap(({ names }) => names)
    const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0)
    expect(new Set(summed.map(({ name }) => name))).toEqual(new Set(['session_task.turn']))
    expect(sum(summed.map(({ count: spans }) => spans))).toBe(turns.length)
    expect(sum(summed.map(({ ms }) => ms))).toBeCloseTo(sum(turns.map(({ durationMs }) => durationMs ?? 0)), 3)
    const slow = found({ minDurationMs: 10_000 })
    expect(slow.every(({ durationMs }) => (durationMs ?? 0) >= 10_000)).toBe(true)
    const [turn] = turns
    expect(JSON.stringify(store.reader['explore.record']({ ref: turn?.ref ?? '' }).record)).toContain(
      'session_task.turn',
    )
  }))

test('a metric is put together over its series, or told apart by a label', () =>
  withCaptures(captures, (store) => {
    const name = 'codex.turn.token_usage'
    const points = (params: object): { group: string; value: number }[] =>
      store.reader['explore.metric'](
        parsed('explore.metric', { ...everything, bucketMs: 10_000_000_000, name, aggregation: 'sum', ...params }),
      ).points
    const input = points({ labels: [{ key: 'token_type', value: 'input' }] })
    const byType = points({ groupBy: 'token_type' })
    expect(byType.find(({ group }) => group === 'input')?.value).toBe(input[0]?.value)
    expect(points({})[0]?.value).toBe(byType.reduce((sum, { value }) => sum + value, 0))
    const known = store.reader['explore.metricNames']({}).metrics.find((metric) => metric.name === name)
    expect(known?.labels.find(({ key }) => key === 'token_type')?.values).toContain('cached_input')
    expect(() => points({ name: 'no.such.metric' })).toThrow('no metric no.such.metric was received')
  }))

test('a place that no list named, an inverted range and too many buckets are refused', () =>
  withCaptures(['02_classic'], ({ reader }) => {
    const logs = (params: object): unknown =>
      reader['explore.logs'](parsed('explore.logs', { ...everything, ...params }))
    expect(() => logs({ after: '1; DROP TABLE log' })).toThrow('not a position in this list')
    expect(() => logs({ after: '1:2:3' })).toThrow('not a position in this list')
    expect(() => logs({ fromMs: 2, toMs: 1 })).toThrow('the range ends before it begins')
    expect(() => reader['explore.spans'](parsed('explore.spans', { ...everything, after: 'x' }))).toThrow(
      'not a position',
    )
    expect(() => reader['explore.record']({ ref: 'log:1' })).toThrow('not a place that a list named')
    expect(() => reader['explore.record']({ ref: 'log:99999:1' })).toThrow('no longer stored')
    expect(() => reader['explore.logFacets'](parsed('explore.logFacets', { ...everything, bucketMs: 1000 }))).toThrow(
      'bucketMs must be wider',
    )
    expect(() => procedures['explore.logs'].params.parse({ ...everything, filters: { nonsense: ['x'] } })).toThrow()
    expect(logs({ filters: { model: ["' OR 1=1 --"] } })).toMatchObject({ logs: [] })
  }))

test('a record of another program says its body, and is found by it', () =>
  inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      const said = {
        timeUnixNano: '1790000000000000000',
        eventName: 'cart.saved',
        body: { stringValue: 'Saved the cart' },
      }
      store.store(jsonBody('logs', logRequest(said, { ...said, body: { stringValue: 'Sent it' } })))
      const summaries = (text: string): string[] =>
        pagesOf((after) =>
          store.reader['explore.logs'](parsed('explore.logs', { ...everything, text, after })),
        ).flatMap(({ logs }) => logs.map(({ summary }) => summary))
      expect(summaries('').toSorted()).toEqual(['Saved the cart', 'Sent it'])
      expect(summaries('THE CART')).toEqual(['Saved the cart'])
    } finally {
      store.close()
    }
  }))
