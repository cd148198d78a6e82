import type { CompareResult } from '../../../src/contract/compare.ts'
import type { ImportProgress, RedactionKind } from '../../../src/contract/exchange.ts'
import type { LedgerResult } from '../../../src/contract/ledger.ts'
import type { LogRow } from '../../../src/contract/logs.ts'
import type { ReceiptCall, ReceiptsResult } from '../../../src/contract/receipts.ts'
import type { TurnEntry } from '../../../src/contract/turns.ts'
import { shareKinds, type ShareKind } from '../../../src/model/ledger/share.ts'
import type { SessionSummary } from '../../../src/model/session/summary.ts'
import type { Answers } from './fake-host.ts'
import { rows, sessionId, startMs, wallMs } from './fake-session.ts'

const parts: Readonly<Partial<Record<ShareKind, number>>> = {
  model_wait: 10,
  model_stream: 15,
  tool_run: 24,
  wait_user: 27,
  hook: 6,
  startup: 6,
  retry: 4,
  between_turns: 6,
  unaccounted: 2,
}

/** Shares of a wall time; the kinds in `unknown` are those that nothing tells of. */
function sharesOf(wall: number, unknown: readonly ShareKind[] = []) {
  return shareKinds.map((kind) => {
    const share = unknown.includes(kind) ? null : (parts[kind] ?? 0) / 100
    return { kind, ms: share === null ? null : share * wall, share }
  })
}

const inShare: Readonly<Partial<Record<ShareKind, readonly string[]>>> = { wait_user: ['tool_call-6', 'tool_call-10'] }

export function ledger(unknown: readonly ShareKind[] = []): LedgerResult {
  const turns = rows.filter(({ kind, parentId }) => kind === 'turn' && parentId === rows[0]?.id)
  return {
    startMs,
    wallMs,
    live: false,
    shares: sharesOf(wallMs, unknown).map((share) => ({ ...share, rowIds: [...(inShare[share.kind] ?? [])] })),
    turns: turns.map((row, index) => {
      const wall = row.durationMs ?? 0
      return { number: index + 1, turnId: null, startMs: row.startMs, wallMs: wall, shares: sharesOf(wall) }
    }),
    intervals: [{ kind: 'wait_user', startMs: startMs + 100_000, durationMs: 15_000 }],
  }
}

const logRef = (event: string) => ({ kind: 'log', sessionId, timeNs: '1795179131340000000', event }) as const

function entriesOf(turnId: string, prompt: string): TurnEntry[] {
  const made = rows
    .filter(({ parentId }) => parentId === turnId)
    .map((row): TurnEntry => {
      const figures = row.note === '' ? [] : [{ name: 'outcome', value: `ran, ${row.note}` }]
      const kind = row.kind === 'tool_call' || row.kind === 'compaction' ? row.kind : 'api_call'
      const { startMs: timeMs, durationMs, atMost, label: title, detail: summary, status, id: rowId } = row
      const ref = logRef('codex.tool_result')
      return { kind, timeMs, durationMs, atMost, title, summary, figures, status, depth: 0, rowId, ref }
    })
  const turn = rows.find(({ id }) => id === turnId)
  const first: TurnEntry = {
    ...{ kind: 'prompt', timeMs: turn?.startMs ?? 0, durationMs: null, title: 'prompt', summary: prompt, figures: [] },
    ...{ atMost: false, status: 'ok', depth: 0, rowId: turnId, ref: logRef('codex.user_prompt') },
  }
  return [first, ...made]
}

const events = ['codex.sse_event', 'codex.tool_result', 'codex.api_request', 'codex.tool_decision']

/** As many as take several pages. */
export const logs: readonly LogRow[] = Array.from({ length: 1200 }, (_, index) => {
  const event = events[index % 7 === 0 ? 1 : index % 11 === 0 ? 2 : index % 13 === 0 ? 3 : 0] ?? ''
  return {
    timeMs: startMs + index * 500,
    timeNs: `${startMs + index * 500}000000`,
    event,
    severity: index === 44 ? 'ERROR' : 'INFO',
    summary: `record ${index}`,
    sessionId,
    traceId: null,
    spanId: null,
  }
})

function call(index: number, over: Partial<ReceiptCall> = {}): ReceiptCall {
  return {
    sessionId,
    sessionKind: 'user',
    timeMs: startMs + index * 30_000,
    timeNs: `${startMs + index * 30_000}000000`,
    turn: 1,
    model: 'gpt-5.5',
    effort: 'medium',
    tier: null,
    tokens: { input: 9184, cached: 4608, cacheWrite: 0, output: 212, reasoning: 128 },
    costUsd: 0.031544,
    price: { provider: 'openai', model: 'gpt-5.5', from: null, longContext: false, tierFactor: 1 },
    lines: [
      { kind: 'input', tokens: 4576, perMillion: 5, usd: 0.02288 },
      { kind: 'cached', tokens: 4608, perMillion: 0.5, usd: 0.002304 },
      { kind: 'output', tokens: 212, perMillion: 30, usd: 0.00636 },
    ],
    reportedCostUsd: null,
    reportedDiffers: null,
    unpriced: null,
    ...over,
  }
}

const unpricedCall = call(2, { model: 'gpt-99', costUsd: null, price: null, lines: [], unpriced: 'unknown_model' })
const helperId = '01a1f849-0000-7000-8000-00000000a001'

function sum(calls: readonly ReceiptCall[]): ReceiptsResult['total'] {
  const add = (of: (call: ReceiptCall) => number): number => calls.reduce((total, one) => total + of(one), 0)
  const priced = calls.filter(({ costUsd }) => costUsd !== null)
  return {
    calls: calls.length,
    unpricedCalls: calls.length - priced.length,
    unreportedCalls: 0,
    reported: null,
    tokens: {
      ...{ input: add(({ tokens }) => tokens.input), cached: add(({ tokens }) => tokens.cached), cacheWrite: 0 },
      ...{ output: add(({ tokens }) => tokens.output), reasoning: add(({ tokens }) => tokens.reasoning) },
    },
    costUsd: priced.length === 0 ? null : priced.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0),
  }
}

export function receipts(): ReceiptsResult {
  const helper = call(1, { sessionId: helperId, sessionKind: 'subagent' })
  const own = [call(0), unpricedCall]
  return {
    label: 'API-equivalent estimate',
    priceVersion: 'genai-prices 0.1.8',
    total: sum([...own, helper]),
    own: sum(own),
    helpers: sum([helper]),
    models: [
      { model: 'gpt-5.5', ...sum([call(0), helper]) },
      { model: 'gpt-99', ...sum([unpricedCall]) },
    ],
    unpriced: [{ model: 'gpt-99', tier: null, reason: 'unknown_model', calls: 1 }],
    calls: [call(0), helper, unpricedCall],
  }
}

const idle: ImportProgress = {
  ...{ running: false, file: '', filesDone: 0, files: 0, phase: 'idle', bytesDone: 0, bytes: 0 },
}

function compare(a: SessionSummary, b: SessionSummary): CompareResult {
  const { startMs: from, wallMs: wall, live, shares, turns } = ledger()
  const side = (summary: SessionSummary, by: number) => ({
    summary,
    ledger: {
      ...{ startMs: from, wallMs: wall * by, live },
      shares: shares.map((share) => ({ ...share, ms: share.ms === null ? null : share.ms * by })),
    },
  })
  const [first, second] = turns
  if (!first || !second) throw new Error('The ledger has no turns.')
  return {
    a: side(a, 1),
    b: side(b, 0.5),
    tools: [
      {
        name: 'exec_command',
        a: { calls: 20, failed: 1, totalMs: 159_000, medianMs: 410 },
        b: { calls: 12, failed: 0, totalMs: 79_000, medianMs: 380 },
      },
      { name: 'apply_patch', a: { calls: 3, failed: 0, totalMs: 1200, medianMs: 400 }, b: null },
    ],
    models: [{ name: 'gpt-5.5', a: { calls: 19, failed: 0, totalMs: 245_000, medianMs: 9_000 }, b: null }],
    turns: [
      { a: { prompt: 'Fix it and run the tests.', ledger: first }, b: { prompt: 'Fix it.', ledger: second } },
      { a: { prompt: 'Now run everything.', ledger: second }, b: null },
    ],
    differences: [
      { name: 'wall time', unit: 'ms', a: wall, b: wall / 2, delta: -wall / 2, weight: -1 },
      { name: 'share wait_user', unit: 'ms', a: 179_000, b: 89_000, delta: -90_000, weight: -0.27 },
      { name: 'cost', unit: 'usd', a: 0.37, b: 0.4, delta: 0.03, weight: 0.1 },
    ],
  }
}

/** Answers of the views around the waterfall. */
export function viewAnswers(world: { readonly sessions: readonly SessionSummary[] }): Answers {
  return {
    'session.ledger': () => ledger(),
    'limit.moves': () => ({ moves: [] }),
    'session.conversation': () => ({ files: [], imported: false, total: 0, offset: 0, items: [], position: null }),
    'session.turns': () => ({
      turns: rows
        .filter(({ kind, parentId }) => kind === 'turn' && parentId === rows[0]?.id)
        .map((row, index) => ({
          ...{ number: index + 1, turnId: null, rowId: row.id, startMs: row.startMs, durationMs: row.durationMs },
          ...{ status: row.status, note: row.note, entries: entriesOf(row.id, row.detail) },
        })),
    }),
    'session.logs': ({ search, events: chosen, offset, limit, fromMs, toMs }) => {
      const fits = logs
        .filter(({ summary, event }) => `${summary} ${event}`.includes(search ?? ''))
        .filter(({ timeMs }) => timeMs >= (fromMs ?? 0) && timeMs <= (toMs ?? Infinity))
      const shown = fits.filter(({ event }) => chosen === undefined || chosen.includes(event))
      const facets = events.map((event) => ({ event, count: fits.filter((log) => log.event === event).length }))
      return { total: shown.length, logs: shown.slice(offset, offset + limit), facets, truncated: false }
    },
    'record.get': ({ event, timeNs }) => ({
      records: [{ resource: {}, scope: {}, record: { observedTimeUnixNano: timeNs, eventName: event } }],
    }),
    'session.receipts': () => receipts(),
    'session.compare': ({ a, b }) => {
      const of = (id: string) => world.sessions.find((one) => one.id === id)
      const [first, second] = [of(a), of(b)]
      return first && second ? compare(first, second) : 'There is no such session.'
    },
    'export.preview': ({ redact }) => ({ exportId: `preview ${redact.join(' ')}` }),
    'export.start': ({ id, format }) => ({
      exportId: `${id}.${format}`,
      fileName: `codex-${id}.${format}`,
      mediaType: 'application/json',
    }),
    'export.progress': ({ exportId }) => {
      const kinds: readonly RedactionKind[] = ['prompts', 'arguments', 'output', 'paths', 'email', 'secrets']
      const redact = kinds.filter((kind) => exportId.includes(kind))
      return {
        ...{ done: true, phase: 'writing', recordsDone: 12, records: 12, bytes: 60 },
        preview: exportId.startsWith('preview')
          ? {
              counts: Object.fromEntries(
                kinds.map((kind, index) => [kind, redact.includes(kind) ? index + 1 : 0]),
              ) as Record<RedactionKind, number>,
              samples: redact.map((kind) => ({ kind, before: `${kind} as it was`, after: '[REDACTED]' })),
            }
          : null,
      }
    },
    'export.read': ({ exportId, offset }) => new TextEncoder().encode(JSON.stringify({ exportId })).subarray(offset),
    'export.end': () => ({}),
    'import.files': ({ files, intoReceived }) => ({
      cancelled: false,
      touches: files.some(({ name }) => name.startsWith('touching'))
        ? [{ sessionId, title: 'gnp \u202etxt', folder: null, startedAtMs: 0 }]
        : [],
      files: (files.some(({ name }) => name.startsWith('touching')) && !intoReceived ? [] : files).map(({ name }) => ({
        name,
        error: name.endsWith('.txt') ? 'line 3, column 7: not JSON' : null,
        leftOut: { count: 0, first: [] },
        records: { traces: 12, logs: 3, metrics: 0 },
        known: 2,
        sessionFiles: 0,
        rejected: 0,
        sessionId: name.endsWith('.json') ? sessionId : null,
      })),
    }),
    'import.progress': () => idle,
    'import.cancel': () => ({}),
  }
}
