import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bridge } from '../../src/contract/bridge.ts'
import { topics, type Changed } from '../../src/contract/changes.ts'
import { procedures, type Params, type ProcedureName, type Value } from '../../src/contract/index.ts'
import type { Result } from '../../src/contract/result.ts'
import { unpackSession } from '../../src/model/block/session-block.ts'
import { loadCapture } from '../captures.ts'
import { findingParams } from './finding-params.ts'
import { away, writtenFix } from './params.ts'
import { priceData } from './price-data.ts'

/** One behaviour of the boundary, the same whatever carries it. Written with plain asserts: two test runners use it. */
export interface ContractCase {
  readonly name: string
  readonly run: (bridge: Bridge) => Promise<void>
}

const subagents = '01a1f848-7125-7111-a5ad-4d4126dc1d93'

export const contractCases: readonly ContractCase[] = [
  {
    name: 'every procedure answers what its schema says, and nothing that JSON would change',
    run: async (bridge) => {
      await feed(bridge, '09_subagents')
      const tree = await value(bridge, 'session.tree', { id: subagents })
      const rowId = tree.rows.find(({ kind }) => kind === 'tool_call')?.id ?? ''
      const [span] = (await value(bridge, 'session.spans', { id: subagents, rowId })).spans
      assert.ok(span)
      const [log] = (await value(bridge, 'session.logs', { id: subagents })).logs
      assert.ok(log)
      const [somewhere] = (await value(bridge, 'explore.logs', { fromMs: 0, toMs: 8e12, limit: 1 })).logs
      assert.ok(somewhere)
      const record = { sessionId: log.sessionId, timeNs: log.timeNs, event: log.event }
      const codexHome = mkdtempSync(join(tmpdir(), 'colophon-codex-home-'))
      const { effort, id } = await writtenFix(bridge, codexHome)
      const { fingerprint } = await value(bridge, 'config.read', { codexHome })
      const exportId = await exported(bridge, subagents)
      const params: { readonly [N in ProcedureName]: Params<N> } = {
        status: {},
        'session.list': {},
        'session.get': { id: subagents },
        'session.tree': { id: subagents },
        'session.block': { id: subagents, spans: true },
        'session.search': { id: subagents, query: 'spawn' },
        'session.spans': { id: subagents, rowId },
        'session.row': { id: subagents, rowId },
        'session.ledger': { id: subagents },
        ...findingParams(subagents),
        'session.conversation': { id: subagents, sought: { timeMs: 0 } },
        'conversation.text': { id: subagents, key: 'of no item', part: 'text' },
        'conversation.find': { id: subagents, words: 'spawn' },
        'session.turns': { id: subagents },
        'session.logs': { id: subagents, helpers: true, search: 'spawn' },
        'session.receipts': { id: subagents },
        'session.compare': { a: subagents, b: subagents },
        'record.get': record,
        'call.percentile': { kind: 'model', name: 'gpt-6.1-sol', durationMs: 300 },
        'span.get': { traceId: span.traceId, spanId: span.spanId },
        'span.events': { spans: [{ traceId: span.traceId, spanId: span.spanId }] },
        'process.list': {},
        'sample.open': {},
        'sample.remove': {},
        'facts.rebuild': {},
        'export.start': { id: subagents, format: 'json', redact: ['paths'] },
        'export.preview': { id: subagents, redact: ['prompts', 'paths'] },
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
        'fix.undo': { id },
        'fix.list': {},
        'settings.write': {},
        'explore.logs': { fromMs: 0, toMs: 8e12, text: 'spawn' },
        'explore.logFacets': { fromMs: 0, toMs: 8e12, bucketMs: 1e10, zone: 'Asia/Kathmandu' },
        'explore.errors': { fromMs: 0, toMs: 8e12 },
        'explore.spans': { fromMs: 0, toMs: 8e12, name: 'session_task' },
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
        'limit.list': { fromMs: 0, toMs: 8e12 },
        'limit.moves': {},
        'project.list': { fromMs: 0, toMs: 8e12 },
        'session.commits': { id: subagents },
        'batch.list': { fromMs: 0, toMs: 8e12 },
        'batch.members': { fromMs: 0, toMs: 8e12, originator: 'codex_exec', environment: 'capture', batch: null },
        'panel.list': {},
        'panel.behind': { panel: 'api-errors', figure: 'errors', fromMs: 0, toMs: 8e12 },
        'panel.run': { panel: 'tokens-over-time', fromMs: 0, toMs: 8e12, bucketMs: 1e10, zone: 'Asia/Kathmandu' },
        'filter.values': { fromMs: 0, toMs: 8e12 },
        'history.scan': { homes: [codexHome] },
        'history.status': {},
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
      for (const name of Object.keys(procedures) as ProcedureName[]) {
        // It goes to the network, and has a test of its own.
        if (name === 'prices.update') continue
        const answer = await value(bridge, name, params[name])
        assert.deepEqual(procedures[name].result.parse(answer), answer, name)
        if (name === 'export.read') assert.match(new TextDecoder().decode(answer as Uint8Array), /^\{"format":/)
        else if (answer instanceof Uint8Array) assert.equal(unpackSession(answer).rows.length, tree.rows.length)
        else assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer, name)
      }
      rmSync(codexHome, { recursive: true })
    },
  },
  {
    name: 'names that are no procedure are refused, those of an object too',
    run: async (bridge) => {
      for (const name of ['session.drop', '', 'constructor', '__proto__', 'toString'])
        assert.equal(codeOf(await bridge.invoke(name as ProcedureName, {})), 'unknown_procedure', name)
    },
  },
  {
    name: 'params that do not fit are refused with the place that is wrong',
    run: async (bridge) => {
      const answer = await bridge.invoke('session.list', { limit: 'many' } as never)
      assert.equal(codeOf(answer), 'bad_request')
      assert.match(answer.ok ? '' : answer.error.message, /limit/)
      assert.equal(codeOf(await bridge.invoke('session.get', {} as never)), 'bad_request')
      assert.equal(codeOf(await bridge.invoke('session.get', [] as never)), 'bad_request')
      assert.equal(codeOf(await bridge.invoke('session.list', { limit: 0 })), 'bad_request')
      assert.equal(codeOf(await bridge.invoke('settings.write', { theme: 'pink' as never })), 'bad_request')
    },
  },
  {
    name: 'what is not there is not found',
    run: async (bridge) => {
      assert.equal(codeOf(await bridge.invoke('session.get', { id: 'nobody' })), 'not_found')
      assert.equal(codeOf(await bridge.invoke('session.tree', { id: 'nobody' })), 'not_found')
      const { exportId } = await value(bridge, 'export.start', { id: 'nobody', format: 'json' })
      const isRunning = async () => (await bridge.invoke('export.progress', { exportId })).ok
      while (await isRunning()) await new Promise((done) => setTimeout(done, 20))
      assert.equal(codeOf(await bridge.invoke('export.progress', { exportId })), 'not_found')
      assert.equal(codeOf(await bridge.invoke('export.read', { exportId: '../lock', offset: 0 })), 'not_found')
      const span = { traceId: '0'.repeat(31) + '1', spanId: '0'.repeat(15) + '1' }
      assert.equal(codeOf(await bridge.invoke('span.get', span)), 'not_found')
      assert.equal(codeOf(await bridge.invoke('span.get', { traceId: 'x', spanId: 'y' })), 'bad_request')
    },
  },
  {
    name: 'a search is words, not a pattern and not SQL',
    run: async (bridge) => {
      await feed(bridge, '09_subagents')
      const found = async (search: string) => (await value(bridge, 'session.list', { search })).total
      assert.equal(await found('SCN:sub'), 1)
      assert.equal(await found('%'), 0)
      assert.equal(await found("' OR 1=1 --"), 0)
      assert.ok((await found('01a1f848')) >= 3)
    },
  },
  {
    name: 'settings are kept, and only the ones given are changed',
    run: async (bridge) => {
      assert.deepEqual(await value(bridge, 'settings.write', { theme: 'dark' }), { theme: 'dark' })
      assert.deepEqual(await value(bridge, 'settings.write', {}), { theme: 'dark' })
      assert.deepEqual(await value(bridge, 'settings.read', {}), { theme: 'dark' })
      const place = { id: 'tokens-total', width: 4, height: 2, hidden: true }
      const arranged = { theme: 'dark', dashboards: { genai: [], codex: [place] } }
      await value(bridge, 'settings.write', { dashboards: { genai: [] } })
      await value(bridge, 'settings.write', { dashboards: { codex: [place] } })
      assert.deepEqual(await value(bridge, 'settings.write', { theme: 'dark' }), arranged)
      assert.deepEqual(await value(bridge, 'settings.read', {}), arranged)
      const tooWide = { dashboards: { codex: [{ ...place, width: 13 }] } }
      assert.equal(codeOf(await bridge.invoke('settings.write', tooWide)), 'bad_request')
      await value(bridge, 'settings.write', { theme: 'system' })
    },
  },
  {
    name: 'a change is pushed with its topics and no data, at most four times a second',
    run: async (bridge) => {
      const pushes: Changed[] = []
      const begunMs = performance.now()
      let heard: () => void = () => undefined
      const told = new Promise<void>((resolve) => {
        heard = resolve
      })
      const stop = bridge.subscribe((changed) => {
        pushes.push(changed)
        if (changed.topics.includes('sessions')) heard()
      })
      // A stream over HTTP is open only after a while: what is sent before is not missed for ever, it is asked again.
      for (let i = 0; i < 40 && pushes.length === 0; i++) {
        await value(bridge, 'settings.write', {})
        await new Promise((done) => setTimeout(done, 100))
      }
      await feed(bridge, '08_mcp')
      await value(bridge, 'sample.remove', {})
      await told
      stop()
      assert.ok(pushes.length > 0)
      for (const changed of pushes) {
        assert.deepEqual(Object.keys(changed), ['topics'])
        assert.ok(changed.topics.every((topic) => topics.includes(topic)))
      }
      const seconds = (performance.now() - begunMs) / 1000
      assert.ok(pushes.length <= 4 * seconds + 2, `${pushes.length} pushes in ${seconds} s`)
    },
  },
]

async function value<N extends ProcedureName>(bridge: Bridge, name: N, params: Params<N>): Promise<Value<N>> {
  const answer = await bridge.invoke(name, params)
  if (!answer.ok) assert.fail(`${name}: ${answer.error.code}: ${answer.error.message}`)
  return answer.value
}

function codeOf(answer: Result<unknown>): string {
  return answer.ok ? 'ok' : answer.error.code
}

/** The id of an export of a session that is done. */
async function exported(bridge: Bridge, id: string): Promise<string> {
  const { exportId } = await value(bridge, 'export.start', { id, format: 'json' })
  const isDone = async () => (await value(bridge, 'export.progress', { exportId })).done
  while (!(await isDone())) await new Promise((done) => setTimeout(done, 20))
  return exportId
}

/** Sends a capture to the receiver that the bridge's own status names, and waits until its sessions are listed. */
async function feed(bridge: Bridge, capture: string): Promise<void> {
  const { bodies, conversations } = loadCapture(capture)
  const { receivers } = await value(bridge, 'status', {})
  for (const { signal, bytes } of bodies) {
    const answer = await fetch(`http://${receivers.http.address ?? ''}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: bytes,
    })
    assert.equal(answer.status, 200)
  }
  const wanted = new Map(conversations.map(({ conversation, model_calls }) => [conversation, model_calls]))
  const deadline = Date.now() + 60_000
  for (;;) {
    const { sessions } = await value(bridge, 'session.list', {})
    const settled = sessions.filter(({ id, apiCalls, state }) => wanted.get(id) === apiCalls && state === 'done')
    if (settled.length === wanted.size) return
    assert.ok(Date.now() < deadline, `${capture} is not listed`)
    await new Promise((done) => setTimeout(done, 50))
  }
}
