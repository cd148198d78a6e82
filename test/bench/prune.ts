import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { StoreState } from '../../src/contract/store.ts'
import { startEngine, type Engine } from '../../src/engine/index.ts'
import { databaseFile, openForReading, openForWriting } from '../../src/engine/store/database.ts'
import { ingester } from '../../src/engine/store/ingest.ts'
import { makeCorpus } from './corpus.ts'
import { realTraceBodies } from './real-bodies.ts'
import type { Figure } from './report.ts'
import { percentile, post } from './senders.ts'

const dayMs = 86_400_000
const spansPerSecond = 3000
const factTables = ['session', 'turn_span', 'turn', 'tool_call', 'sampling', 'session_span', 'compaction', 'spawn']

/** Real pruning of so many spans, all older than the setting allows, while a real engine stores 3,000 spans a second. */
export async function pruneFigures(spans = 5_000_000): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-prune-'))
  try {
    fill(dataDir, spans)
    const free = { host: '127.0.0.1', port: 0 }
    const engine = await startEngine({ dataDir, version: 'bench', grpc: free, http: free, sampleDir: dataDir })
    try {
      await settled(dataDir)
      return await measure(engine, dataDir, spans)
    } finally {
      await engine.close()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function fill(dataDir: string, wanted: number): void {
  const db = openForWriting(dataDir)
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -200000')
  const ingest = ingester(db)
  const originals = realTraceBodies()
  const receivedMs = Date.now() - 40 * dayMs
  const store = db.transaction((bodies: readonly Uint8Array[]) => {
    for (const body of bodies) ingest.store('traces', Buffer.from(body.buffer), 'received', receivedMs)
  })
  for (let spans = 0; spans < wanted;) {
    const corpus = makeCorpus(originals, Math.min(100_000, wanted - spans))
    store(corpus.bodies)
    spans += corpus.spans
  }
  db.close()
}

async function measure(engine: Engine, dataDir: string, spans: number): Promise<Figure[]> {
  const ask = async <T>(name: string, params: unknown): Promise<T> => {
    const result = await engine.dispatch(name, params)
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
    return result.value as T
  }
  const state = (): Promise<StoreState> => ask<StoreState>('retention.state', {})
  const idle = async (): Promise<StoreState> => {
    for (;;) {
      const now = await state()
      if (now.job === null) return now
      await delay(500)
    }
  }
  const [before, known] = factsOf(dataDir, null)
  const full = await state()
  await ask('settings.write', { retention: { rawDays: 30, rawBytes: null, factsDays: null } })
  const sender = startSending(`http://${engine.receivers.http ?? ''}/v1/traces`)
  const begun = performance.now()
  await ask('retention.prune', {})
  const pruned = await idle()
  const pruneSeconds = (performance.now() - begun) / 1000
  if (pruned.last?.failed !== false) throw new Error(pruned.last?.words)
  const compactBegun = performance.now()
  await ask('store.compact', {})
  await idle()
  const compactSeconds = (performance.now() - compactBegun) / 1000
  const acknowledgedMs = await sender.stop()
  // The file follows its log at the next checkpoint.
  await engine.close()
  const fileBytes = statSync(join(dataDir, databaseFile)).size
  const [after] = factsOf(dataDir, known)
  const of = `${Math.round(spans / 1000)}k spans`
  return [
    {
      name: `pruned while ingesting, ${of}`,
      value: spans / pruneSeconds,
      unit: 'spans/s',
      limit: null,
      better: 'higher',
    },
    { name: 'compacted in steps', value: compactSeconds, unit: 's', limit: null, better: 'lower' },
    {
      name: `acknowledged p50 meanwhile`,
      value: percentile(acknowledgedMs, 0.5),
      unit: 'ms',
      limit: null,
      better: 'lower',
    },
    {
      name: `acknowledged p99 meanwhile`,
      value: percentile(acknowledgedMs, 0.99),
      unit: 'ms',
      limit: 1000,
      better: 'lower',
    },
    {
      name: `acknowledged at most meanwhile`,
      value: acknowledgedMs.at(-1) ?? 0,
      unit: 'ms',
      limit: null,
      better: 'lower',
    },
    { name: 'file after / before', value: fileBytes / full.fileBytes, unit: '', limit: 0.9, better: 'lower' },
    { name: 'facts that changed', value: before === after ? 0 : 1, unit: '', limit: 0, better: 'lower' },
  ]
}

/** A body when it is due, whatever became of the one before. */
function startSending(url: string): { stop: () => Promise<number[]> } {
  const originals = realTraceBodies()
  const make = (): ReturnType<typeof makeCorpus> => makeCorpus(originals, 10_000)
  const { bodies, spans } = make()
  const everyMs = (1000 * spans) / bodies.length / spansPerSecond
  const agent = new http.Agent({ keepAlive: true })
  const times: number[] = []
  const open: Promise<void>[] = []
  let waiting = [...bodies]
  const timer = setInterval(() => {
    if (waiting.length === 0) waiting = [...make().bodies]
    const body = waiting.pop()
    if (body === undefined) return
    const sent = performance.now()
    open.push(post(url, body, agent).then(() => void times.push(performance.now() - sent)))
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
      agent.destroy()
      return times.sort((a, b) => a - b)
    },
  }
}

/** A digest of every fact of the sessions, and which those are. */
function factsOf(dataDir: string, known: readonly string[] | null): [string, readonly string[]] {
  const db = openForReading(dataDir)
  const ids = known ?? db.prepare<[], string>('SELECT id FROM session ORDER BY id').pluck().all()
  const hash = createHash('sha256')
  for (const table of factTables) {
    const key = table === 'session' ? 'id' : 'session_id'
    const rows = db
      .prepare<[string]>(`SELECT * FROM ${table} WHERE ${key} IN (SELECT value FROM json_each(?)) ORDER BY 1, 2, 3`)
      .raw()
    for (const row of rows.iterate(JSON.stringify(ids))) hash.update(JSON.stringify(row))
  }
  db.close()
  return [hash.digest('hex'), ids]
}

async function settled(dataDir: string): Promise<void> {
  const db = openForReading(dataDir)
  const behind = db
    .prepare<[], number>('SELECT (SELECT count(*) FROM unsettled) + (SELECT count(*) FROM unshared)')
    .pluck()
  while (behind.get() !== 0) await delay(500)
  db.close()
}
