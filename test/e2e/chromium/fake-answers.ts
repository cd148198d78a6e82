import { saidNothing } from '../../../src/model/session/by-user.ts'
import { packSession } from '../../../src/model/block/session-block.ts'
import type { Settings } from '../../../src/contract/settings.ts'
import type { Counters, Status } from '../../../src/contract/status.ts'
import type { SessionSummary } from '../../../src/model/session/summary.ts'
import type { Answers } from './fake-host.ts'
import { details, rawSpans, rows, sessionId, span, startMs, tree, wallMs } from './fake-session.ts'
import { configAnswers } from './fake-config.ts'
import { storeAnswers } from './fake-store.ts'
import { findingAnswers } from './fake-findings.ts'
import { viewAnswers } from './fake-views.ts'

const housekeeping = {
  ...{ service: 'codex-tui', version: '0.169.0', traces: 61, spans: 204 },
  names: [
    { name: 'config/read', spans: 96 },
    { name: 'initialize', spans: 61 },
    { name: 'model_provider.list_models', spans: 47 },
  ],
}

/** The moment that pages under test take for the present. */
export const presentMs = startMs + 3_600_000

export function session(over: Partial<SessionSummary> = {}): SessionSummary {
  return {
    id: sessionId,
    kind: 'user',
    parentId: null,
    state: 'done',
    title: 'The cart total ignores quantities. Fix it and run the tests.',
    startedAtMs: startMs,
    lastSeenAtMs: startMs + wallMs,
    wallMs,
    busyMs: 571_400,
    models: ['gpt-5.5'],
    model: 'gpt-5.5',
    effort: 'medium',
    prompts: 3,
    turns: 3,
    apiCalls: 19,
    failedApiCalls: 0,
    retries: 2,
    toolCalls: 23,
    failedToolCalls: 2,
    wrapperCalls: 0,
    nonZeroExits: 1,
    cancelledToolCalls: 0,
    errors: 2,
    tokens: { input: 412_310, cached: 375_202, cacheWrite: 0, output: 8_914, reasoning: 3_120 },
    costUsd: 0.37,
    witness: 'telemetry',
    differences: 0,
    repository: null,
    branch: null,
    commit: null,
    unpricedCalls: 0,
    unreportedCalls: 0,
    reportedCostUsd: null,
    user: 'ada@example.org',
    host: 'workshop',
    originator: 'codex-tui',
    terminal: 'xterm-256color',
    environment: 'dev',
    appVersion: '0.169.0',
    service: 'codex-tui',
    folder: '/home/ada/shop',
    approvalPolicy: 'on-request',
    sandboxPolicy: 'workspace-write',
    sample: false,
    byUser: saidNothing,
    ...over,
  }
}

const titles = [
  'Add a dark theme to the settings page',
  'Why does the build take four minutes on CI?',
  'Move the price rules into their own module and keep the tests green',
  null,
  'Write a migration that splits the address column',
  'Explain the failing snapshot',
  'Rename Basket to Cart everywhere, including the docs and the OpenAPI file',
]

/** A list as it grows in weeks: mostly done, some with helpers, one live, one lost. */
export function manySessions(count = 128): SessionSummary[] {
  const list: SessionSummary[] = [session()]
  list.push(
    session({
      id: '01a1f849-0000-7000-8000-00000000a001',
      kind: 'subagent',
      parentId: sessionId,
      title: 'check the API',
      startedAtMs: startMs + 268_000,
      wallMs: 147_400,
      models: ['gpt-5.5-mini'],
      model: 'gpt-5.5-mini',
      prompts: 1,
      toolCalls: 1,
      failedToolCalls: 0,
      errors: 0,
    }),
    session({
      id: '01a1f849-0000-7000-8000-00000000a002',
      kind: 'title',
      parentId: sessionId,
      title: 'Name this session',
      startedAtMs: startMs + 900,
      wallMs: 2_140,
      prompts: 1,
      toolCalls: 0,
      failedToolCalls: 0,
      errors: 0,
    }),
  )
  for (let n = 1; n <= count - 3; n += 1) {
    const wall = 2_000 + ((n * 7919) % 1_300) * 1_000
    list.push(
      session({
        id: `01a1e${String(n).padStart(3, '0')}-4c11-7d20-a001-${String(n * 7_654_321).padStart(12, '0')}`,
        title: titles[n % titles.length] ?? null,
        startedAtMs: startMs - n * 5_400_000,
        lastSeenAtMs: startMs - n * 5_400_000 + wall,
        state: n === 3 ? 'lost' : n % 11 === 5 ? 'interrupted' : 'done',
        wallMs: wall,
        busyMs: wall * 0.8,
        models: n % 5 === 0 ? ['gpt-6.1-sol', 'gpt-5.5'] : ['gpt-5.5'],
        effort: n % 3 === 0 ? 'high' : 'medium',
        prompts: 1 + (n % 6),
        toolCalls: (n * 13) % 88,
        failedToolCalls: n % 9 === 0 ? 1 : 0,
        errors: n % 9 === 0 ? 1 : 0,
        tokens: { input: n * 9_310, cached: n * 8_001, cacheWrite: 0, output: n * 211, reasoning: n * 60 },
        folder: n % 2 === 0 ? '/home/ada/shop' : '/home/ada/src/price-rules',
        originator: n % 4 === 0 ? 'codex_exec' : 'codex-tui',
        environment: n % 4 === 0 ? 'ci' : 'dev',
      }),
    )
  }
  const live = list[4]
  if (live)
    list[4] = {
      ...live,
      state: 'live',
      startedAtMs: presentMs - 95_000,
      lastSeenAtMs: presentMs - 1_000,
      wallMs: 94_000,
    }
  return list.sort((a, b) => b.startedAtMs - a.startedAtMs)
}

const none: Counters = {
  requests: 0,
  records: 0,
  bytes: 0,
  refused: 0,
  repeated: 0,
  cut: 0,
  edited: 0,
  lastSeenAtMs: null,
}

export function status(sessions: number): Status {
  const seen = (records: number): Counters =>
    sessions === 0
      ? none
      : { ...none, requests: Math.ceil(records / 400), records, bytes: records * 371, lastSeenAtMs: presentMs - 2_000 }
  return {
    version: '0.1.0',
    pid: 4711,
    startedAtMs: presentMs - 7_260_000,
    dataDir: '/home/ada/.local/share/colophon',
    receivers: {
      grpc: { address: '127.0.0.1:4317', error: null, takenBy: null },
      http: { address: '127.0.0.1:4318', error: null, takenBy: null },
    },
    signals: {
      traces: seen(184_211),
      logs: { ...seen(21_940), refused: sessions === 0 ? 0 : 3 },
      metrics: seen(4_410),
    },
    refusals: [],
    clients:
      sessions === 0
        ? []
        : [
            {
              ...seen(150_002),
              service: 'codex-tui',
              version: '0.169.0',
              signal: 'traces',
              transport: 'http',
              recordsPerSecond: 150,
            },
            {
              ...seen(34_209),
              service: 'codex_exec',
              version: '0.169.0',
              signal: 'traces',
              transport: 'grpc',
              recordsPerSecond: 64,
            },
            {
              ...seen(21_940),
              service: 'codex-tui',
              version: '0.169.0',
              signal: 'logs',
              transport: 'http',
              recordsPerSecond: 0,
            },
          ],
    recordsPerSecond: { traces: sessions === 0 ? 0 : 214, logs: 0, metrics: 0 },
    acknowledged: { waiting: 0, requests: sessions * 12, p50Ms: 4.2, p99Ms: 18.5, mostMs: 31 },
    diskFreeBytes: 76_000_000_000,
    store: {
      bytes: sessions * 310_000 + 53_248,
      spans: sessions * 1_439,
      logs: sessions * 171,
      metricPoints: sessions * 34,
      bodies: sessions * 12,
      sessions,
      apps: sessions,
    },
    sample: false,
    troubles: [],
  }
}

export interface World {
  sessions: SessionSummary[]
  status: Status
  tree: typeof tree
  settings: Settings
}

export function world(sessions: SessionSummary[]): World {
  return { sessions, status: status(sessions.length), tree: structuredClone(tree), settings: { theme: 'system' } }
}

/** Answers out of a world that a test may change as it goes. */
export function answersOf(world: World) {
  const row = (id: string) => world.tree.rows.find((other) => other.id === id) ?? rows.find((other) => other.id === id)
  return {
    ...viewAnswers(world),
    ...findingAnswers(),
    ...configAnswers,
    status: () => world.status,
    'session.list': ({ search, helpers, offset, limit }) => {
      const words = search?.toLowerCase()
      const sessions = world.sessions.filter(
        ({ id, title, kind }) =>
          (helpers || kind === 'user') && (!words || `${id} ${title ?? ''}`.toLowerCase().includes(words)),
      )
      return { sessions: sessions.slice(offset, offset + limit), total: sessions.length }
    },
    'session.get': ({ id }) => {
      const found = world.sessions.find((other) => other.id === id)
      return found
        ? { ...found, spanCount: world.tree.spanCount, logCount: 184, traceCount: 31 }
        : 'There is no such session.'
    },
    'session.tree': () => world.tree,
    'session.block': () => {
      const { startMs, endMs, spanCount } = world.tree
      const meta = { baseMs: startMs, startMs, endMs, hasSpans: false, spanCount, names: [], traces: [] }
      return packSession(meta, { ...world.tree, rowOfSpan: new Int32Array() }, null)
    },
    'session.spans': ({ rowId }) => {
      const found = row(rowId)
      return found ? { spans: rawSpans(found) } : 'There is no such row.'
    },
    'session.row': ({ rowId }) => {
      const found = row(rowId)
      return found ? details(found) : 'There is no such row.'
    },
    'span.get': ({ spanId }) => ({ span: span(spanId, 'stream_request') }),
    'span.events': () => ({ spans: [] }),
    'process.list': () => ({
      processes: world.sessions.length === 0 ? [] : [housekeeping],
    }),
    'sample.open': () => {
      world.sessions.push(session({ sample: true }))
      world.status = { ...status(1), sample: true }
      return { sessionId }
    },
    'sample.remove': () => {
      world.sessions = world.sessions.filter(({ sample }) => !sample)
      world.status = { ...world.status, sample: false }
      return {}
    },
    ...storeAnswers(presentMs),
    'settings.read': () => world.settings,
    'settings.write': (change) => {
      world.settings = { ...world.settings, ...(change.theme ? { theme: change.theme } : {}) }
      return world.settings
    },
  } satisfies Answers
}
