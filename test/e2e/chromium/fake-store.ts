import { defaultBound } from '../../../src/contract/forwarding.ts'
import { noHistory } from '../../../src/contract/history.ts'
import type { StoreState } from '../../../src/contract/store.ts'
import type { Answers } from './fake-host.ts'

/** What a store says that nothing was done with: no destinations, no prices of one's own, everything kept. */
export function storeAnswers(presentMs: number) {
  let last: StoreState['last'] = null
  return {
    'removed.list': () => ({ sessions: [] }),
    'facts.rebuild': () => {
      last = { kind: 'rebuild', words: 'Rebuilt from 1,536 requests', failed: false, endedAtMs: presentMs }
      return { bodies: 1_536 }
    },
    'history.status': () => ({
      ...noHistory,
      found: [],
      read: { files: 0, sessions: 0, skipped: 0 },
      progress: null,
      problems: [],
      index: null,
    }),
    'forward.list': () => ({ destinations: [], bound: defaultBound }),
    'forward.state': () => ({ lanes: [], spoolBytes: 0, bound: defaultBound }),
    // Panels and their figures are tested over the real host.
    'panel.list': () => ({ panels: [] }),
    'filter.values': () => ({ fields: [], attributes: [] }),
    'alert.list': () => ({ alerts: [], unseen: 0 }),
    'prices.read': () => ({
      version: 'genai-prices 0.1.8',
      fetchedAtMs: null,
      source: 'https://prices.example/data.json',
      overrides: [],
      unpriced: [],
      waiting: 0,
    }),
    'health.names': () => ({
      names: [],
      inFiles: [],
      leftOut: 0,
      firstVersion: '0.169.0',
      codexServices: [],
      silentFindings: [],
      notUnderstood: { senders: [], values: [] },
    }),
    'receivers.freePorts': () => ({ grpc: 4319, http: 4318 }),
    'team.read': () => ({ connection: null, password: 'none' }),
    'team.state': () => ({ doing: [] }),
    'receivers.read': () => ({
      grpc: { host: '127.0.0.1', port: 4317 },
      http: { host: '127.0.0.1', port: 4318 },
      tls: null,
      allowedHosts: [],
      allowedOrigins: [],
      token: null,
    }),
    'retention.state': () => ({
      job: null,
      last,
      fileBytes: 53_248,
      freeBytes: 0,
      compaction: 'steps' as const,
      oldestRawMs: presentMs - 86_400_000,
      due: { bodies: 0, sessions: 0, overBytes: 0 },
    }),
  } satisfies Answers
}
