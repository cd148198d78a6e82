import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bridge } from '../../src/contract/bridge.ts'
import type { Params, ProcedureName } from '../../src/contract/index.ts'
import { exported, feed, value } from './ask.ts'
import { findingParams } from './finding-params.ts'
import { away, writtenFix } from './params.ts'
import { priceData } from './price-data.ts'

/** Params that fit, for every procedure, about the stored session `id`. */
export async function everyParam(
  bridge: Bridge,
  id: string,
): Promise<{ params: { readonly [N in ProcedureName]: Params<N> }; rows: number; end: () => void }> {
  await feed(bridge, '02_classic')
  const [spare] = (await value(bridge, 'session.list', { search: 'SCN:classic' })).sessions
  assert.ok(spare)
  const tree = await value(bridge, 'session.tree', { id })
  const rowId = tree.rows.find(({ kind }) => kind === 'tool_call')?.id ?? ''
  const [span] = (await value(bridge, 'session.spans', { id, rowId })).spans
  assert.ok(span)
  const [log] = (await value(bridge, 'session.logs', { id })).logs
  assert.ok(log)
  const [somewhere] = (await value(bridge, 'explore.logs', { fromMs: 0, toMs: 8e12, limit: 1 })).logs
  assert.ok(somewhere)
  const record = { sessionId: log.sessionId, timeNs: log.timeNs, event: log.event }
  const codexHome = mkdtempSync(join(tmpdir(), 'colophon-codex-home-'))
  const { effort, id: fixId } = await writtenFix(bridge, codexHome)
  const { fingerprint } = await value(bridge, 'config.read', { codexHome })
  const exportId = await exported(bridge, id)
  const params: { readonly [N in ProcedureName]: Params<N> } = {
    status: {},
    'team.read': {},
    'team.save': { url: 'http://127.0.0.1:1', password: 'kept apart' },
    'team.forget': {},
    'team.test': { url: 'http://127.0.0.1:1' },
    'team.state': {},
    'team.stop': { asked: ['one'] },
    'session.list': {},
    'session.get': { id },
    'session.remove': { id: spare.id },
    'removed.list': {},
    'removed.forget': { id: spare.id },
    'session.mark': { id, name: ' A name\u0007 ', starred: true, tags: ['b', 'a', 'b'], note: 'Seen.' },
    'session.tree': { id },
    'session.block': { id, spans: true },
    'session.search': { id, query: 'spawn' },
    'session.spans': { id, rowId },
    'session.row': { id, rowId },
    'session.ledger': { id },
    ...findingParams(id),
    'session.conversation': { id, sought: { timeMs: 0 } },
    'conversation.text': { id, key: 'of no item', part: 'text' },
    'conversation.find': { id, words: 'spawn' },
    'session.turns': { id },
    'session.logs': { id, helpers: true, search: 'spawn' },
    'session.receipts': { id },
    'session.compare': { a: id, b: id },
    'record.get': record,
    'call.percentile': { kind: 'model', name: 'gpt-6.1-sol', durationMs: 300 },
    'span.get': { traceId: span.traceId, spanId: span.spanId },
    'span.events': { spans: [{ traceId: span.traceId, spanId: span.spanId }] },
    'process.list': {},
    'sample.open': {},
    'sample.remove': {},
    'facts.rebuild': {},
    'export.start': { id, format: 'json', redact: ['paths'] },
    'export.preview': { id, redact: ['prompts', 'paths'] },
    'export.progress': { exportId },
    'export.read': { exportId, offset: 0 },
    'export.end': { exportId },
    'import.files': { files: [{ name: 'a.jsonl', text: '{"resourceLogs":[]}' }] },
    'import.paths': { paths: ['/no/such/file.json'] },
    'import.progress': {},
    'import.cancel': {},
    'import.takeBack': { id: 1 },
    'config.read': { codexHome },
    'config.homes': {},
    'config.draft': { text: '# mine\n', changes: [{ key: 'environment', value: 'dev' }] },
    'config.plan': { codexHome, protocol: 'http' },
    'config.apply': { codexHome, protocol: 'http', fingerprint },
    'config.undo': { codexHome },
    'config.doctor': { codexHome },
    'fix.plan': effort,
    'fix.apply': { ...effort, fingerprint },
    'fix.undo': { id: fixId },
    'fix.list': {},
    'settings.write': {},
    'explore.logs': { fromMs: 0, toMs: 8e12, text: 'spawn' },
    'explore.logFacets': { fromMs: 0, toMs: 8e12, bucketMs: 1e10, zone: 'Asia/Kathmandu' },
    'explore.errors': { fromMs: 0, toMs: 8e12 },
    'explore.spans': { fromMs: 0, toMs: 8e12, name: 'session_task' },
    'explore.spanNames': { fromMs: 0, toMs: 8e12, name: 'turn' },
    'explore.secrets': { fromMs: 0, toMs: 8e12 },
    'explore.record': { ref: somewhere.ref },
    'explore.metricNames': {},
    'explore.metric': { fromMs: 0, toMs: 8e12, bucketMs: 1e10, name: 'codex.turn.token_usage', aggregation: 'p95' },
    'sql.run': { sql: 'SELECT id, input_tokens FROM sessions' },
    'sql.schema': {},
    'prices.read': {},
    'prices.override': { model: 'own', input: 1, cached: null, cacheWrite: null, output: 2 },
    'prices.forget': { model: 'own' },
    'prices.update': {},
    'prices.keep': { json: JSON.stringify(priceData) },
    'prices.restore': {},
    'prices.recompute': {},
    'alert.list': {},
    'alert.seen': {},
    'alert.rules': {},
    'alert.saveRule': { id: 'r', enabled: true, watched: { kind: 'session-duration', minutes: 1 } },
    'alert.removeRule': { id: 'r' },
    'alert.test': { action: { kind: 'command', command: 'exit 0' } },
    'limit.list': { fromMs: 0, toMs: 8e12 },
    'limit.moves': {},
    'project.list': { fromMs: 0, toMs: 8e12 },
    'session.commits': { id },
    'batch.list': { fromMs: 0, toMs: 8e12 },
    'batch.members': { fromMs: 0, toMs: 8e12, originator: 'codex_exec', environment: 'capture', batch: null },
    'panel.list': {},
    'panel.behind': { panel: 'api-errors', figure: 'errors', fromMs: 0, toMs: 8e12 },
    'panel.run': { panel: 'tokens-over-time', fromMs: 0, toMs: 8e12, bucketMs: 1e10, zone: 'Asia/Kathmandu' },
    'filter.values': { fromMs: 0, toMs: 8e12 },
    'history.scan': { homes: [codexHome], codexHome },
    'history.status': { homes: [codexHome], codexHome },
    'history.forget': {},
    'history.search': { words: 'hello', kinds: ['prompt'] },
    'forward.list': {},
    'forward.save': { ...away, headers: [{ name: 'x-key', value: 'sesame-open-0815' }] },
    'forward.remove': { id: 'nobody' },
    'forward.bound': { maxBytes: 1_048_576, maxAgeHours: 1 },
    'forward.test': away,
    'forward.state': {},
    'health.names': {},
    'receivers.read': {},
    'receivers.freePorts': {},
    'receivers.write': {
      grpc: { host: '127.0.0.1', port: 0 },
      http: { host: '127.0.0.1', port: 0 },
      tls: null,
      allowedHosts: [],
      allowedOrigins: [],
    },
    'retention.prune': {},
    'retention.state': {},
    'store.compact': { whole: true },
    'store.backup': { path: join(codexHome, 'backup.db') },
    'store.cancel': {},
    'store.deleteAll': { word: 'delete everything' },
    'settings.read': {},
  }
  return {
    params,
    rows: tree.rows.length,
    end: () => {
      rmSync(codexHome, { recursive: true })
    },
  }
}
